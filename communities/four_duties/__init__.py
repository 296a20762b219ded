"""City management comes into the community in four ways (四进社区): a sheet a month for each, and its score."""
