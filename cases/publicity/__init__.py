"""Publicity (宣传): posters, leaflets, banners, online posts; community forums (论坛); suggestions (献计献策)."""
