"""Reference data shipped with the organisation; README.md names sources and licences."""
