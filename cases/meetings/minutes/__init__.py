"""Minutes (会议纪要): composed of agenda, attendance and resolutions, checked, signed, issued, received."""
