# SPDX-License-Identifier: Apache-2.0
find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets Svg)
tally_add_ui_library(widgets
  SOURCES
    main_window.cpp main_window.h
    dialogs/choosers.cpp dialogs/choosers.h
    dialogs/confirm_dialog.cpp dialogs/confirm_dialog.h
    dialogs/error_dialog.cpp dialogs/error_dialog.h
    dialogs/answers_dialog.cpp dialogs/answers_dialog.h
  dialogs/attach_dialog.cpp dialogs/attach_dialog.h dialogs/requests_dialog.cpp dialogs/requests_dialog.h
    dialogs/asked_dialog.cpp dialogs/asked_dialog.h
    dialogs/clusters_dialog.cpp dialogs/clusters_dialog.h
    dialogs/house_dialog.cpp dialogs/house_dialog.h dialogs/zones_field.cpp dialogs/zones_field.h
    dialogs/name_dialog.cpp dialogs/name_dialog.h
    dialogs/new_audit_dialog.cpp dialogs/new_audit_dialog.h
    dialogs/open_again.cpp dialogs/open_again.h
    dialogs/verdict_dialog.cpp dialogs/verdict_dialog.h
    dialogs/withdraw_dialog.cpp dialogs/withdraw_dialog.h
    dialogs/settings_dialog.cpp dialogs/settings_dialog.h
    dialogs/sign_off_dialog.cpp dialogs/sign_off_dialog.h
    pages/checklist/bulk_panel.cpp pages/checklist/bulk_panel.h
    pages/checklist/class_fields.cpp pages/checklist/class_fields.h
    pages/checklist/decision_more.cpp pages/checklist/decision_more.h
    pages/checklist/decision_panel.cpp pages/checklist/decision_panel.h
    pages/checklist/decision_row.cpp pages/checklist/decision_row.h
    pages/checklist/evidence_view.cpp pages/checklist/evidence_view.h
    pages/checklist/guidance_pane.cpp pages/checklist/guidance_pane.h
    pages/checklist/part_header.cpp pages/checklist/part_header.h
    pages/checklist/part_panel.cpp pages/checklist/part_panel.h
    pages/checklist/requirement_delegate.cpp pages/checklist/requirement_delegate.h
    pages/checklist/requirement_view.cpp pages/checklist/requirement_view.h
    pages/checklist_page.cpp pages/checklist_page.h
    pages/cluster/cluster_delegates.cpp pages/cluster/cluster_delegates.h
    pages/cluster/cluster_pane.cpp pages/cluster/cluster_pane.h
    pages/cluster/completeness_pane.cpp pages/cluster/completeness_pane.h
    pages/cluster/detail_side.cpp pages/cluster/detail_side.h
    pages/cluster/access_pane.cpp pages/cluster/access_pane.h
    pages/cluster/workloads_pane.cpp pages/cluster/workloads_pane.h
    pages/cluster/matrix_view.cpp pages/cluster/matrix_view.h
    pages/cluster/network_pane.cpp pages/cluster/network_pane.h
    pages/cluster/control_plane_pane.cpp pages/cluster/control_plane_pane.h
    pages/cluster/guards_pane.cpp pages/cluster/guards_pane.h
    pages/cluster/namespaces_pane.cpp pages/cluster/namespaces_pane.h
    pages/cluster/facts_legend.cpp pages/cluster/facts_legend.h
    pages/cluster/object_pane.cpp pages/cluster/object_pane.h
    pages/cluster_page.cpp pages/cluster_page.h
    pages/images/build_pane.cpp pages/images/build_pane.h
    pages/images/compare_pane.cpp pages/images/compare_pane.h
    pages/images/facts_panel.cpp pages/images/facts_panel.h
    pages/images/file_saver.cpp pages/images/file_saver.h
    pages/images/file_tools.cpp pages/images/file_tools.h
    pages/images/file_tree_view.cpp pages/images/file_tree_view.h
    pages/images/file_view.cpp pages/images/file_view.h
    pages/images/files_pane.cpp pages/images/files_pane.h
    pages/images/image_keys.cpp pages/images/image_keys.h
    pages/images/file_digests.cpp pages/images/file_digests.h
    pages/images/image_source.cpp pages/images/image_source.h
    pages/images/image_tables.cpp pages/images/image_tables.h
    pages/images/key_list.cpp pages/images/key_list.h
    pages/images/layer_delegate.cpp pages/images/layer_delegate.h
    pages/images/search_pane.cpp pages/images/search_pane.h
    pages/images/space_pane.cpp pages/images/space_pane.h
    pages/table_pane.cpp pages/table_pane.h
    pages/sources/needs_form.cpp pages/sources/needs_form.h
    pages/sources/scope_pane.cpp pages/sources/scope_pane.h
    pages/images/waste_pane.cpp pages/images/waste_pane.h
    pages/images_page.cpp pages/images_page.h
    pages/evidence/attachment_preview.cpp pages/evidence/attachment_preview.h
    pages/evidence/attachment_rows.cpp pages/evidence/attachment_rows.h
    pages/evidence/requests_pane.cpp pages/evidence/requests_pane.h
    pages/evidence_page.cpp pages/evidence_page.h
    pages/exception_form.cpp pages/exception_form.h
    pages/severity_form.cpp pages/severity_form.h
    pages/evidence/attaching.cpp pages/evidence/attaching.h
    pages/saved_filters.cpp pages/saved_filters.h
    pages/facet_list.cpp pages/facet_list.h
    pages/finding_detail.cpp pages/finding_detail.h
    pages/findings_page.cpp pages/findings_page.h
    pages/workbook_exchange.cpp pages/workbook_exchange.h
    pages/journal/journal_model.cpp pages/journal/journal_model.h
    pages/journal/journal_state.cpp pages/journal/journal_state.h
    pages/journal_page.cpp pages/journal_page.h
    pages/measures/board_view.cpp pages/measures/board_view.h
    pages/measures/measure_form.cpp pages/measures/measure_form.h
    pages/measures_page.cpp pages/measures_page.h
    pages/overview_page.cpp pages/overview_page.h
    pages/page.cpp pages/page.h
    pages/page_factory.cpp pages/page_factory.h
    pages/sources_page.cpp pages/sources_page.h
    pages/start_page.cpp pages/start_page.h
    theme/focus_marker.cpp theme/focus_marker.h
    theme/fonts.cpp theme/fonts.h
    theme/glyphs.cpp theme/glyphs.h
    theme/icons.cpp theme/icons.h
    theme/languages.cpp theme/languages.h
    theme/style.cpp theme/style.h
    theme/theme.cpp theme/theme.h
    theme/tokens.h
    widgets/date_field.cpp widgets/date_field.h
    widgets/item_rows.cpp widgets/item_rows.h
    widgets/highlighter.cpp widgets/highlighter.h
    widgets/job_line.cpp widgets/job_line.h
    widgets/key_button.cpp widgets/key_button.h
    widgets/page_icon.cpp widgets/page_icon.h
    widgets/splitters.cpp widgets/splitters.h
    widgets/tab_strip.cpp widgets/tab_strip.h
    widgets/yaml_pane.cpp widgets/yaml_pane.h
    widgets/verdict_history.cpp widgets/verdict_history.h
    widgets/banner.cpp widgets/banner.h
    widgets/basics.cpp widgets/basics.h
    pages/remedy.cpp pages/remedy.h
    widgets/chip.cpp widgets/chip.h
    widgets/code_view.cpp widgets/code_view.h
    widgets/code_box.cpp widgets/code_box.h
    widgets/drop_zone.cpp widgets/drop_zone.h
    widgets/empty_state.cpp widgets/empty_state.h
    widgets/facts_lines.cpp widgets/facts_lines.h
    widgets/failure_block.cpp widgets/failure_block.h
    widgets/go_to_palette.cpp widgets/go_to_palette.h
    widgets/navigation.cpp widgets/navigation.h
    widgets/requirement_tile.cpp widgets/requirement_tile.h
    widgets/flow_layout.cpp widgets/flow_layout.h
    widgets/notice_bar.cpp widgets/notice_bar.h
    widgets/form_fields.cpp widgets/form_fields.h
    widgets/row_button.cpp widgets/row_button.h
    widgets/search_field.cpp widgets/search_field.h
    widgets/segmented_control.cpp widgets/segmented_control.h
    widgets/side_link.cpp widgets/side_link.h
    widgets/status_strip.cpp widgets/status_strip.h
    widgets/toggle_chip.cpp widgets/toggle_chip.h
    widgets/treemap_accessible.cpp widgets/treemap_accessible.h
    widgets/treemap_view.cpp widgets/treemap_view.h
  LINKS Tally::ui_data Tally::report Qt6::Widgets
  PRIVATE_LINKS Qt6::Svg
  HEADERS ${TALLY_WIDGET_HEADERS})
# The report's page needs the PDF writer, and Qt PDF to show its pages.
find_package(Qt6 6.4 QUIET GLOBAL COMPONENTS Pdf PdfWidgets)
if(TARGET tally_ui_pdf AND TARGET Qt6::PdfWidgets)
  target_sources(tally_ui_widgets PRIVATE pages/compare_page.cpp pages/compare_page.h pages/report_page.cpp pages/report_page.h
    pages/report/report_choices.cpp pages/report/report_choices.h pages/report/report_look_dialog.cpp pages/report/report_look_dialog.h)
  target_link_libraries(tally_ui_widgets PRIVATE Tally::ui_pdf Qt6::PdfWidgets)
  target_compile_definitions(tally_ui_widgets PRIVATE TALLY_HAVE_PREVIEW)
endif()
