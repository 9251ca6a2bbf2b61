"""家庭经济状况核对: families go out to the checking office as a workbook, its answers come back as another."""
