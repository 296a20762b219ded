from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("worktime", "0002_processes")]

    operations = [migrations.RenameModel("Process", "RunningProcess")]
