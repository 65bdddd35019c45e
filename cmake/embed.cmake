# SPDX-License-Identifier: Apache-2.0
# Writes OUTPUT: a C++ source that holds each of FILES (relative to ROOT) as bytes.
set(body "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND body "constexpr unsigned char file${index}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${file}\", file${index}, sizeof(file${index}) - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"core/io/resources.h\"\n\nnamespace {\n\n${body}\n} // namespace\n\nnamespace tally::detail {\n\nextern const EmbeddedResource embeddedResources[];\nextern const std::size_t embeddedResourceCount;\nconst EmbeddedResource embeddedResources[] = {\n${rows}    {nullptr, nullptr, 0},\n};\nconst std::size_t embeddedResourceCount = ${index};\n\n} // namespace tally::detail\n")
