// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/spdx_ids.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <span>

namespace tally {

namespace {

using namespace std::string_view_literals;

// SPDX License List 3.28 (spdx.org/licenses), sorted without regard to case.
// clang-format off
constexpr std::string_view licenceIds[] = {
    "0BSD"sv, "3D-Slicer-1.0"sv, "AAL"sv, "Abstyles"sv, "AdaCore-doc"sv, "Adobe-2006"sv, "Adobe-Display-PostScript"sv,
    "Adobe-Glyph"sv, "Adobe-Utopia"sv, "ADSL"sv, "Advanced-Cryptics-Dictionary"sv, "AFL-1.1"sv, "AFL-1.2"sv,
    "AFL-2.0"sv, "AFL-2.1"sv, "AFL-3.0"sv, "Afmparse"sv, "AGPL-1.0"sv, "AGPL-1.0-only"sv, "AGPL-1.0-or-later"sv,
    "AGPL-3.0"sv, "AGPL-3.0-only"sv, "AGPL-3.0-or-later"sv, "Aladdin"sv, "ALGLIB-Documentation"sv, "AMD-newlib"sv,
    "AMDPLPA"sv, "AML"sv, "AML-glslang"sv, "AMPAS"sv, "ANTLR-PD"sv, "ANTLR-PD-fallback"sv, "any-OSI"sv,
    "any-OSI-perl-modules"sv, "Apache-1.0"sv, "Apache-1.1"sv, "Apache-2.0"sv, "APAFML"sv, "APL-1.0"sv, "App-s2p"sv,
    "APSL-1.0"sv, "APSL-1.1"sv, "APSL-1.2"sv, "APSL-2.0"sv, "Arphic-1999"sv, "Artistic-1.0"sv, "Artistic-1.0-cl8"sv,
    "Artistic-1.0-Perl"sv, "Artistic-2.0"sv, "Artistic-dist"sv, "Aspell-RU"sv, "ASWF-Digital-Assets-1.0"sv,
    "ASWF-Digital-Assets-1.1"sv, "Baekmuk"sv, "Bahyph"sv, "Barr"sv, "bcrypt-Solar-Designer"sv, "Beerware"sv,
    "Bitstream-Charter"sv, "Bitstream-Vera"sv, "BitTorrent-1.0"sv, "BitTorrent-1.1"sv, "blessing"sv, "BlueOak-1.0.0"sv,
    "Boehm-GC"sv, "Boehm-GC-without-fee"sv, "BOLA-1.1"sv, "Borceux"sv, "Brian-Gladman-2-Clause"sv,
    "Brian-Gladman-3-Clause"sv, "BSD-1-Clause"sv, "BSD-2-Clause"sv, "BSD-2-Clause-Darwin"sv,
    "BSD-2-Clause-first-lines"sv, "BSD-2-Clause-FreeBSD"sv, "BSD-2-Clause-NetBSD"sv, "BSD-2-Clause-Patent"sv,
    "BSD-2-Clause-pkgconf-disclaimer"sv, "BSD-2-Clause-Views"sv, "BSD-3-Clause"sv, "BSD-3-Clause-acpica"sv,
    "BSD-3-Clause-Attribution"sv, "BSD-3-Clause-Clear"sv, "BSD-3-Clause-flex"sv, "BSD-3-Clause-HP"sv,
    "BSD-3-Clause-LBNL"sv, "BSD-3-Clause-Modification"sv, "BSD-3-Clause-No-Military-License"sv,
    "BSD-3-Clause-No-Nuclear-License"sv, "BSD-3-Clause-No-Nuclear-License-2014"sv,
    "BSD-3-Clause-No-Nuclear-Warranty"sv, "BSD-3-Clause-Open-MPI"sv, "BSD-3-Clause-Sun"sv, "BSD-3-Clause-Tso"sv,
    "BSD-4-Clause"sv, "BSD-4-Clause-Shortened"sv, "BSD-4-Clause-UC"sv, "BSD-4.3RENO"sv, "BSD-4.3TAHOE"sv,
    "BSD-Advertising-Acknowledgement"sv, "BSD-Attribution-HPND-disclaimer"sv, "BSD-Inferno-Nettverk"sv,
    "BSD-Mark-Modifications"sv, "BSD-Protection"sv, "BSD-Source-beginning-file"sv, "BSD-Source-Code"sv,
    "BSD-Systemics"sv, "BSD-Systemics-W3Works"sv, "BSL-1.0"sv, "Buddy"sv, "BUSL-1.1"sv, "bzip2-1.0.5"sv,
    "bzip2-1.0.6"sv, "C-UDA-1.0"sv, "CAL-1.0"sv, "CAL-1.0-Combined-Work-Exception"sv, "Caldera"sv,
    "Caldera-no-preamble"sv, "CAPEC-tou"sv, "Catharon"sv, "CATOSL-1.1"sv, "CC-BY-1.0"sv, "CC-BY-2.0"sv, "CC-BY-2.5"sv,
    "CC-BY-2.5-AU"sv, "CC-BY-3.0"sv, "CC-BY-3.0-AT"sv, "CC-BY-3.0-AU"sv, "CC-BY-3.0-DE"sv, "CC-BY-3.0-IGO"sv,
    "CC-BY-3.0-NL"sv, "CC-BY-3.0-US"sv, "CC-BY-4.0"sv, "CC-BY-NC-1.0"sv, "CC-BY-NC-2.0"sv, "CC-BY-NC-2.5"sv,
    "CC-BY-NC-3.0"sv, "CC-BY-NC-3.0-DE"sv, "CC-BY-NC-4.0"sv, "CC-BY-NC-ND-1.0"sv, "CC-BY-NC-ND-2.0"sv,
    "CC-BY-NC-ND-2.5"sv, "CC-BY-NC-ND-3.0"sv, "CC-BY-NC-ND-3.0-DE"sv, "CC-BY-NC-ND-3.0-IGO"sv, "CC-BY-NC-ND-4.0"sv,
    "CC-BY-NC-SA-1.0"sv, "CC-BY-NC-SA-2.0"sv, "CC-BY-NC-SA-2.0-DE"sv, "CC-BY-NC-SA-2.0-FR"sv, "CC-BY-NC-SA-2.0-UK"sv,
    "CC-BY-NC-SA-2.5"sv, "CC-BY-NC-SA-3.0"sv, "CC-BY-NC-SA-3.0-DE"sv, "CC-BY-NC-SA-3.0-IGO"sv, "CC-BY-NC-SA-4.0"sv,
    "CC-BY-ND-1.0"sv, "CC-BY-ND-2.0"sv, "CC-BY-ND-2.5"sv, "CC-BY-ND-3.0"sv, "CC-BY-ND-3.0-DE"sv, "CC-BY-ND-4.0"sv,
    "CC-BY-SA-1.0"sv, "CC-BY-SA-2.0"sv, "CC-BY-SA-2.0-UK"sv, "CC-BY-SA-2.1-JP"sv, "CC-BY-SA-2.5"sv, "CC-BY-SA-3.0"sv,
    "CC-BY-SA-3.0-AT"sv, "CC-BY-SA-3.0-DE"sv, "CC-BY-SA-3.0-IGO"sv, "CC-BY-SA-4.0"sv, "CC-PDDC"sv, "CC-PDM-1.0"sv,
    "CC-SA-1.0"sv, "CC0-1.0"sv, "CDDL-1.0"sv, "CDDL-1.1"sv, "CDL-1.0"sv, "CDLA-Permissive-1.0"sv,
    "CDLA-Permissive-2.0"sv, "CDLA-Sharing-1.0"sv, "CECILL-1.0"sv, "CECILL-1.1"sv, "CECILL-2.0"sv, "CECILL-2.1"sv,
    "CECILL-B"sv, "CECILL-C"sv, "CERN-OHL-1.1"sv, "CERN-OHL-1.2"sv, "CERN-OHL-P-2.0"sv, "CERN-OHL-S-2.0"sv,
    "CERN-OHL-W-2.0"sv, "CFITSIO"sv, "check-cvs"sv, "checkmk"sv, "ClArtistic"sv, "Classpath-exception-2.0-short"sv,
    "Clips"sv, "CMU-Mach"sv, "CMU-Mach-nodoc"sv, "CNRI-Jython"sv, "CNRI-Python"sv, "CNRI-Python-GPL-Compatible"sv,
    "COIL-1.0"sv, "Community-Spec-1.0"sv, "Condor-1.1"sv, "copyleft-next-0.3.0"sv, "copyleft-next-0.3.1"sv,
    "Cornell-Lossless-JPEG"sv, "CPAL-1.0"sv, "CPL-1.0"sv, "CPOL-1.02"sv, "Cronyx"sv, "Crossword"sv, "CryptoSwift"sv,
    "CrystalStacker"sv, "CUA-OPL-1.0"sv, "Cube"sv, "curl"sv, "cve-tou"sv, "D-FSL-1.0"sv, "DEC-3-Clause"sv,
    "diffmark"sv, "DL-DE-BY-2.0"sv, "DL-DE-ZERO-2.0"sv, "DOC"sv, "DocBook-DTD"sv, "DocBook-Schema"sv,
    "DocBook-Stylesheet"sv, "DocBook-XML"sv, "Dotseqn"sv, "DRL-1.0"sv, "DRL-1.1"sv, "DSDP"sv, "dtoa"sv, "dvipdfm"sv,
    "ECL-1.0"sv, "ECL-2.0"sv, "EFL-1.0"sv, "EFL-2.0"sv, "eGenix"sv, "Elastic-2.0"sv, "Entessa"sv, "EPICS"sv,
    "EPL-1.0"sv, "EPL-2.0"sv, "ErlPL-1.1"sv, "ESA-PL-permissive-2.4"sv, "ESA-PL-strong-copyleft-2.4"sv,
    "ESA-PL-weak-copyleft-2.4"sv, "etalab-2.0"sv, "EUDatagrid"sv, "EUPL-1.0"sv, "EUPL-1.1"sv, "EUPL-1.2"sv,
    "Eurosym"sv, "Fair"sv, "FBM"sv, "FDK-AAC"sv, "Ferguson-Twofish"sv, "Frameworx-1.0"sv, "FreeBSD-DOC"sv,
    "FreeImage"sv, "FSFAP"sv, "FSFAP-no-warranty-disclaimer"sv, "FSFUL"sv, "FSFULLR"sv, "FSFULLRSD"sv, "FSFULLRWD"sv,
    "FSL-1.1-ALv2"sv, "FSL-1.1-MIT"sv, "FTL"sv, "Furuseth"sv, "fwlw"sv, "Game-Programming-Gems"sv, "GCR-docs"sv,
    "GD"sv, "generic-xts"sv, "GFDL-1.1"sv, "GFDL-1.1-invariants-only"sv, "GFDL-1.1-invariants-or-later"sv,
    "GFDL-1.1-no-invariants-only"sv, "GFDL-1.1-no-invariants-or-later"sv, "GFDL-1.1-only"sv, "GFDL-1.1-or-later"sv,
    "GFDL-1.2"sv, "GFDL-1.2-invariants-only"sv, "GFDL-1.2-invariants-or-later"sv, "GFDL-1.2-no-invariants-only"sv,
    "GFDL-1.2-no-invariants-or-later"sv, "GFDL-1.2-only"sv, "GFDL-1.2-or-later"sv, "GFDL-1.3"sv,
    "GFDL-1.3-invariants-only"sv, "GFDL-1.3-invariants-or-later"sv, "GFDL-1.3-no-invariants-only"sv,
    "GFDL-1.3-no-invariants-or-later"sv, "GFDL-1.3-only"sv, "GFDL-1.3-or-later"sv, "Giftware"sv, "GL2PS"sv, "Glide"sv,
    "Glulxe"sv, "GLWTPL"sv, "gnuplot"sv, "GPL-1.0"sv, "GPL-1.0+"sv, "GPL-1.0-only"sv, "GPL-1.0-or-later"sv,
    "GPL-2.0"sv, "GPL-2.0+"sv, "GPL-2.0-only"sv, "GPL-2.0-or-later"sv, "GPL-2.0-with-bison-exception"sv, "GPL-3.0"sv,
    "GPL-3.0+"sv, "GPL-3.0-only"sv, "GPL-3.0-or-later"sv, "Graphics-Gems"sv, "gSOAP-1.3b"sv, "gtkbook"sv, "Gutmann"sv,
    "HaskellReport"sv, "HDF5"sv, "hdparm"sv, "HIDAPI"sv, "Hippocratic-2.1"sv, "HP-1986"sv, "HP-1989"sv, "HPND"sv,
    "HPND-DEC"sv, "HPND-doc"sv, "HPND-doc-sell"sv, "HPND-export-US"sv, "HPND-export-US-acknowledgement"sv,
    "HPND-export-US-modify"sv, "HPND-export2-US"sv, "HPND-Fenneberg-Livingston"sv, "HPND-INRIA-IMAG"sv, "HPND-Intel"sv,
    "HPND-Kevlin-Henney"sv, "HPND-Markus-Kuhn"sv, "HPND-merchantability-variant"sv, "HPND-MIT-disclaimer"sv,
    "HPND-Netrek"sv, "HPND-Pbmplus"sv, "HPND-sell-MIT-disclaimer-xserver"sv, "HPND-sell-regexpr"sv,
    "HPND-sell-variant"sv, "HPND-sell-variant-critical-systems"sv, "HPND-sell-variant-MIT-disclaimer"sv,
    "HPND-sell-variant-MIT-disclaimer-rev"sv, "HPND-SMC"sv, "HPND-UC"sv, "HPND-UC-export-US"sv, "HTMLTIDY"sv,
    "hyphen-bulgarian"sv, "IBM-pibs"sv, "ICU"sv, "IEC-Code-Components-EULA"sv, "IJG"sv, "IJG-short"sv, "ImageMagick"sv,
    "iMatix"sv, "Imlib2"sv, "Info-ZIP"sv, "Inner-Net-2.0"sv, "InnoSetup"sv, "Intel"sv, "Intel-ACPI"sv,
    "Interbase-1.0"sv, "IPA"sv, "IPL-1.0"sv, "ISC"sv, "ISC-Veillard"sv, "ISO-permission"sv, "Jam"sv, "JasPer-2.0"sv,
    "jove"sv, "JPL-image"sv, "JPNIC"sv, "JSON"sv, "Kastrup"sv, "Kazlib"sv, "Knuth-CTAN"sv, "kvirc-openssl-exception"sv,
    "LAL-1.2"sv, "LAL-1.3"sv, "Latex2e"sv, "Latex2e-translated-notice"sv, "Leptonica"sv, "LGPL-2.0"sv, "LGPL-2.0+"sv,
    "LGPL-2.0-only"sv, "LGPL-2.0-or-later"sv, "LGPL-2.1"sv, "LGPL-2.1+"sv, "LGPL-2.1-only"sv, "LGPL-2.1-or-later"sv,
    "LGPL-3.0"sv, "LGPL-3.0+"sv, "LGPL-3.0-only"sv, "LGPL-3.0-or-later"sv, "LGPLLR"sv, "Libpng"sv, "libpng-1.6.35"sv,
    "libpng-2.0"sv, "libselinux-1.0"sv, "libtiff"sv, "libutil-David-Nugent"sv, "LiLiQ-P-1.1"sv, "LiLiQ-R-1.1"sv,
    "LiLiQ-Rplus-1.1"sv, "Linux-man-pages-1-para"sv, "Linux-man-pages-copyleft"sv, "Linux-man-pages-copyleft-2-para"sv,
    "Linux-man-pages-copyleft-var"sv, "Linux-OpenIB"sv, "LOOP"sv, "LPD-document"sv, "LPL-1.0"sv, "LPL-1.02"sv,
    "LPPL-1.0"sv, "LPPL-1.1"sv, "LPPL-1.2"sv, "LPPL-1.3a"sv, "LPPL-1.3c"sv, "lsof"sv, "Lucida-Bitmap-Fonts"sv,
    "LZMA-SDK-9.11-to-9.20"sv, "LZMA-SDK-9.22"sv, "Mackerras-3-Clause"sv, "Mackerras-3-Clause-acknowledgment"sv,
    "magaz"sv, "mailprio"sv, "MakeIndex"sv, "man2html"sv, "Martin-Birgmeier"sv, "McPhee-slideshow"sv, "metamail"sv,
    "Minpack"sv, "MIPS"sv, "MirOS"sv, "MIT"sv, "MIT-0"sv, "MIT-advertising"sv, "MIT-Click"sv, "MIT-CMU"sv,
    "MIT-enna"sv, "MIT-feh"sv, "MIT-Festival"sv, "MIT-Khronos-old"sv, "MIT-Modern-Variant"sv, "MIT-open-group"sv,
    "MIT-STK"sv, "MIT-testregex"sv, "MIT-Wu"sv, "MITNFA"sv, "MMIXware"sv, "MMPL-1.0.1"sv, "Motosoto"sv, "MPEG-SSG"sv,
    "mpi-permissive"sv, "mpich2"sv, "MPL-1.0"sv, "MPL-1.1"sv, "MPL-2.0"sv, "mplus"sv, "MS-LPL"sv, "MS-PL"sv, "MS-RL"sv,
    "MTLL"sv, "MulanPSL-1.0"sv, "MulanPSL-2.0"sv, "Multics"sv, "Mup"sv, "NAIST-2003"sv, "NASA-1.3"sv, "Naumen"sv,
    "NBPL-1.0"sv, "NCBI-PD"sv, "NCGL-UK-2.0"sv, "NCL"sv, "NCSA"sv, "Net-SNMP"sv, "NetCDF"sv, "Newsletr"sv, "NGPL"sv,
    "ngrep"sv, "NICTA-1.0"sv, "NIST-PD"sv, "NIST-PD-fallback"sv, "NIST-PD-TNT"sv, "NIST-Software"sv, "NLOD-1.0"sv,
    "NLOD-2.0"sv, "NLPL"sv, "Nokia"sv, "Nokia-Qt-exception-1.1"sv, "NOSL"sv, "Noweb"sv, "NPL-1.0"sv, "NPL-1.1"sv,
    "NPOSL-3.0"sv, "NRL"sv, "NTIA-PD"sv, "NTP"sv, "NTP-0"sv, "Nunit"sv, "O-UDA-1.0"sv, "OAR"sv, "OCCT-PL"sv,
    "OCLC-2.0"sv, "ODbL-1.0"sv, "ODC-By-1.0"sv, "OFFIS"sv, "OFL-1.0"sv, "OFL-1.0-no-RFN"sv, "OFL-1.0-RFN"sv,
    "OFL-1.1"sv, "OFL-1.1-no-RFN"sv, "OFL-1.1-RFN"sv, "OGC-1.0"sv, "OGDL-Taiwan-1.0"sv, "OGL-Canada-2.0"sv,
    "OGL-UK-1.0"sv, "OGL-UK-2.0"sv, "OGL-UK-3.0"sv, "OGTSL"sv, "OLDAP-1.1"sv, "OLDAP-1.2"sv, "OLDAP-1.3"sv,
    "OLDAP-1.4"sv, "OLDAP-2.0"sv, "OLDAP-2.0.1"sv, "OLDAP-2.1"sv, "OLDAP-2.2"sv, "OLDAP-2.2.1"sv, "OLDAP-2.2.2"sv,
    "OLDAP-2.3"sv, "OLDAP-2.4"sv, "OLDAP-2.5"sv, "OLDAP-2.6"sv, "OLDAP-2.7"sv, "OLDAP-2.8"sv, "OLFL-1.3"sv, "OML"sv,
    "OpenMDW-1.0"sv, "OpenPBS-2.3"sv, "OpenSSL"sv, "OpenSSL-standalone"sv, "OpenVision"sv, "OPL-1.0"sv, "OPL-UK-3.0"sv,
    "OPUBL-1.0"sv, "OSC-1.0"sv, "OSET-PL-2.1"sv, "OSL-1.0"sv, "OSL-1.1"sv, "OSL-2.0"sv, "OSL-2.1"sv, "OSL-3.0"sv,
    "OSSP"sv, "PADL"sv, "ParaType-Free-Font-1.3"sv, "Parity-6.0.0"sv, "Parity-7.0.0"sv, "PDDL-1.0"sv, "PHP-3.0"sv,
    "PHP-3.01"sv, "Pixar"sv, "pkgconf"sv, "Plexus"sv, "pnmstitch"sv, "PolyForm-Noncommercial-1.0.0"sv,
    "PolyForm-Small-Business-1.0.0"sv, "PostgreSQL"sv, "PPL"sv, "PSF-2.0"sv, "psfrag"sv, "psutils"sv, "Python-2.0"sv,
    "Python-2.0.1"sv, "python-ldap"sv, "Qhull"sv, "QPL-1.0"sv, "QPL-1.0-INRIA-2004"sv, "radvd"sv, "Rdisc"sv,
    "RHeCos-1.1"sv, "RPL-1.1"sv, "RPL-1.5"sv, "RPSL-1.0"sv, "RSA-MD"sv, "RSCPL"sv, "rsync-linking-exception"sv,
    "Ruby"sv, "Ruby-pty"sv, "SAX-PD"sv, "SAX-PD-2.0"sv, "Saxpath"sv, "SCEA"sv, "SchemeReport"sv, "Sendmail"sv,
    "Sendmail-8.23"sv, "Sendmail-Open-Source-1.1"sv, "SGI-B-1.0"sv, "SGI-B-1.1"sv, "SGI-B-2.0"sv, "SGI-OpenGL"sv,
    "SGMLUG-PM"sv, "SGP4"sv, "SHL-0.5"sv, "SHL-0.51"sv, "SimPL-2.0"sv, "Simple-Library-Usage-exception"sv, "SISSL"sv,
    "SISSL-1.2"sv, "SL"sv, "Sleepycat"sv, "SMAIL-GPL"sv, "SMLNJ"sv, "SMPPL"sv, "SNIA"sv, "snprintf"sv, "SOFA"sv,
    "softSurfer"sv, "Soundex"sv, "Spencer-86"sv, "Spencer-94"sv, "Spencer-99"sv, "SPL-1.0"sv,
    "sqlitestudio-OpenSSL-exception"sv, "ssh-keyscan"sv, "SSH-OpenSSH"sv, "SSH-short"sv, "SSLeay-standalone"sv,
    "SSPL-1.0"sv, "StandardML-NJ"sv, "SugarCRM-1.1.3"sv, "SUL-1.0"sv, "Sun-PPP"sv, "Sun-PPP-2000"sv, "SunPro"sv,
    "SWL"sv, "swrule"sv, "Symlinks"sv, "TAPR-OHL-1.0"sv, "TCL"sv, "TCP-wrappers"sv, "TekHVC"sv, "TermReadKey"sv,
    "TGPPL-1.0"sv, "ThirdEye"sv, "threeparttable"sv, "TMate"sv, "TORQUE-1.1"sv, "TOSL"sv, "TPDL"sv, "TPL-1.0"sv,
    "TrustedQSL"sv, "TTWL"sv, "TTYP0"sv, "TU-Berlin-1.0"sv, "TU-Berlin-2.0"sv, "Ubuntu-font-1.0"sv, "UCAR"sv,
    "UCL-1.0"sv, "ulem"sv, "UMich-Merit"sv, "Unicode-3.0"sv, "Unicode-DFS-2015"sv, "Unicode-DFS-2016"sv,
    "Unicode-TOU"sv, "UnixCrypt"sv, "Unlicense"sv, "Unlicense-libtelnet"sv, "Unlicense-libwhirlpool"sv, "UnRAR"sv,
    "UPL-1.0"sv, "URT-RLE"sv, "Vim"sv, "Vixie-Cron"sv, "VOSTROM"sv, "VSL-1.0"sv, "W3C"sv, "W3C-19980720"sv,
    "W3C-20150513"sv, "w3m"sv, "Watcom-1.0"sv, "Widget-Workshop"sv, "WordNet"sv, "Wsuipa"sv, "WTFNMFPL"sv, "WTFPL"sv,
    "wwl"sv, "wxWindows"sv, "X11"sv, "X11-distribute-modifications-variant"sv, "X11-no-permit-persons"sv,
    "X11-swapped"sv, "Xdebug-1.03"sv, "Xerox"sv, "Xfig"sv, "XFree86-1.1"sv, "xinetd"sv, "xkeyboard-config-Zinoviev"sv,
    "xlock"sv, "Xnet"sv, "xpp"sv, "XSkat"sv, "xzoom"sv, "YPL-1.0"sv, "YPL-1.1"sv, "Zed"sv, "Zeeff"sv, "Zend-2.0"sv,
    "Zimbra-1.3"sv, "Zimbra-1.4"sv, "Zlib"sv, "zlib-acknowledgement"sv, "ZPL-1.1"sv, "ZPL-2.0"sv, "ZPL-2.1"sv};

constexpr std::string_view exceptionIds[] = {
    "389-exception"sv, "Asterisk-exception"sv, "Asterisk-linking-protocols-exception"sv, "Autoconf-exception-2.0"sv,
    "Autoconf-exception-3.0"sv, "Autoconf-exception-generic"sv, "Autoconf-exception-generic-3.0"sv,
    "Autoconf-exception-macro"sv, "Bison-exception-1.24"sv, "Bison-exception-2.2"sv, "Bootloader-exception"sv,
    "CGAL-linking-exception"sv, "Classpath-exception-2.0"sv, "CLISP-exception-2.0"sv, "cryptsetup-OpenSSL-exception"sv,
    "Digia-Qt-LGPL-exception-1.1"sv, "DigiRule-FOSS-exception"sv, "eCos-2.0"sv, "eCos-exception-2.0"sv,
    "erlang-otp-linking-exception"sv, "Fawkes-Runtime-exception"sv, "FLTK-exception"sv, "fmt-exception"sv,
    "Font-exception-2.0"sv, "freertos-exception-2.0"sv, "GCC-exception-2.0"sv, "GCC-exception-2.0-note"sv,
    "GCC-exception-3.1"sv, "Gmsh-exception"sv, "GNAT-exception"sv, "GNOME-examples-exception"sv,
    "GNU-compiler-exception"sv, "gnu-javamail-exception"sv, "GPL-2.0-with-autoconf-exception"sv,
    "GPL-2.0-with-classpath-exception"sv, "GPL-2.0-with-font-exception"sv, "GPL-2.0-with-GCC-exception"sv,
    "GPL-3.0-389-ds-base-exception"sv, "GPL-3.0-interface-exception"sv, "GPL-3.0-linking-exception"sv,
    "GPL-3.0-linking-source-exception"sv, "GPL-3.0-with-autoconf-exception"sv, "GPL-3.0-with-GCC-exception"sv,
    "GPL-CC-1.0"sv, "GStreamer-exception-2005"sv, "GStreamer-exception-2008"sv, "harbour-exception"sv,
    "i2p-gpl-java-exception"sv, "Independent-modules-exception"sv, "KiCad-libraries-exception"sv,
    "LGPL-3.0-linking-exception"sv, "libpri-OpenH323-exception"sv, "Libtool-exception"sv, "Linux-syscall-note"sv,
    "LLGPL"sv, "LLVM-exception"sv, "LZMA-exception"sv, "mif-exception"sv, "MPL-2.0-no-copyleft-exception"sv,
    "mxml-exception"sv, "OCaml-LGPL-linking-exception"sv, "OCCT-exception-1.0"sv, "OpenJDK-assembly-exception-1.0"sv,
    "openvpn-openssl-exception"sv, "PCRE2-exception"sv, "polyparse-exception"sv, "PS-or-PDF-font-exception-20170817"sv,
    "QPL-1.0-INRIA-2004-exception"sv, "Qt-GPL-exception-1.0"sv, "Qt-LGPL-exception-1.1"sv, "Qwt-exception-1.0"sv,
    "romic-exception"sv, "RRDtool-FLOSS-exception-2.0"sv, "SANE-exception"sv, "SHL-2.0"sv, "SHL-2.1"sv,
    "stunnel-exception"sv, "SWI-exception"sv, "Swift-exception"sv, "Texinfo-exception"sv, "u-boot-exception-2.0"sv,
    "UBDL-exception"sv, "Universal-FOSS-exception-1.0"sv, "vsftpd-openssl-exception"sv, "WxWindows-exception-3.1"sv,
    "x11vnc-openssl-exception"sv};
// clang-format on

bool isBefore(std::string_view a, std::string_view b)
{
    return std::ranges::lexicographical_compare(a, b, {}, lower, lower);
}

std::string_view find(std::span<const std::string_view> ids, std::string_view text)
{
    const auto found = std::ranges::lower_bound(ids, text, isBefore);
    return found != ids.end() && !isBefore(text, *found) ? *found : std::string_view{};
}

} // namespace

std::string_view spdxLicenceId(std::string_view text)
{
    return find(licenceIds, text);
}

std::string_view spdxExceptionId(std::string_view text)
{
    return find(exceptionIds, text);
}

} // namespace tally
