# SPDX-License-Identifier: Apache-2.0
find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Concurrent)
tally_add_ui_library(data
  SOURCES
    jobs/job.cpp jobs/job.h
    models/address.h
    models/go_to_model.cpp models/go_to_model.h
    models/checklist_model.cpp models/checklist_model.h
    models/cluster_objects_model.cpp models/cluster_objects_model.h
    models/earlier_audit.cpp models/earlier_audit.h
    models/evidence_model.cpp models/evidence_model.h
    models/file_filter.cpp models/file_filter.h
    models/file_tree_model.cpp models/file_tree_model.h
    models/tree_store.cpp models/tree_store.h
    models/layers_model.cpp models/layers_model.h
    models/namespaces_model.cpp models/namespaces_model.h
    models/simple_table_model.cpp models/simple_table_model.h
    models/causes_model.cpp models/causes_model.h
    models/finding_filter.cpp models/finding_filter.h
    models/finding_owners.cpp models/finding_owners.h
    models/object_findings.cpp models/object_findings.h
    models/measures.cpp models/measures.h
    models/not_checked.cpp models/not_checked.h
    models/reachability_model.cpp models/reachability_model.h
    models/recent_audits.cpp models/recent_audits.h
    models/requirement_state.cpp models/requirement_state.h
    models/review_stand.h
    models/session.cpp models/session.h models/session_evidence.cpp
    models/short_titles.cpp models/short_titles.h
    models/sources_model.cpp models/sources_model.h
    models/space_data.cpp models/space_data.h
    models/target_words.cpp models/target_words.h
    models/words.cpp models/words.h
  LINKS Tally::ui_text Tally::audit Tally::report Qt6::Core Qt6::Gui Qt6::Concurrent
  HEADERS ${TALLY_TEXT_HEADERS} <QAbstractItemModel> <QSettings>)
