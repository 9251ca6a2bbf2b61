"""网页: everything HTTP: shell, workbench, portal, public pages, API. No rule of a domain lives here."""
