"""内核: workflow, audit, access, money, time, files, jobs: what every domain stands on. No domain noun lives here."""
