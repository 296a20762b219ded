"""The monthly bulletin (月度城市管理工作简报): drafted from a frozen evaluation, edited, issued for good."""
