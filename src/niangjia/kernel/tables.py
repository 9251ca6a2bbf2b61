"""First migrations: nothing but new, whole tables."""

from typing import Any

from django.db import migrations


class NewTables(migrations.Migration):
    """Draws the models of all its tables together; Django draws those related to each table anew, which are all."""

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)
        for table in self.operations:
            table.state_forwards(self.app_label, project_state)
        for table in self.operations:
            table.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state
