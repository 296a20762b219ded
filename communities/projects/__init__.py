"""Campaigns (专项整治), mass activities (群众性创建活动) and practical matters for residents (民生实事)."""
