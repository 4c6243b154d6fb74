using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Muster.Server.Storage;

/// <summary>The one database context. It names no feature: the tables come from <see cref="TableMappings"/>.</summary>
internal sealed class MusterDb(DbContextOptions<MusterDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var table in this.GetService<TableMappings>().All)
            table.Map(modelBuilder);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        foreach (var property in entity.GetProperties())
            property.SetColumnName(SnakeCase(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixSeconds>();

    /// <summary>UTC, whole seconds: comparable and sortable on every engine.</summary>
    private sealed class UnixSeconds()
        : ValueConverter<DateTimeOffset, long>(at => at.ToUnixTimeSeconds(), seconds => DateTimeOffset.FromUnixTimeSeconds(seconds));

    internal static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
