using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Provisioning.Targets.Directory;

internal static class DirectoryTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<DirectoryEntry>(entry =>
        {
            entry.ToTable("directory_entries");
            entry.HasKey(e => e.AccountId);
            entry.Property(e => e.AccountId).ValueGeneratedNever();
            entry.HasIndex(e => e.Uid).IsUnique();
        });
}
