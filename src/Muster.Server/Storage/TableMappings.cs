using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>The mapping of one feature's entities; every <c>…Table.cs</c> registers its own.</summary>
internal sealed record TableMapping(Action<ModelBuilder> Map);

/// <summary>All mappings of the process, in registration order; the model is made from them once.</summary>
internal sealed class TableMappings(IEnumerable<TableMapping> all)
{
    public IReadOnlyList<TableMapping> All { get; } = [.. all];
}

internal static class TableMappingsRegistration
{
    public static IServiceCollection AddTable(this IServiceCollection services, Action<ModelBuilder> map) =>
        services.AddSingleton(new TableMapping(map));
}
