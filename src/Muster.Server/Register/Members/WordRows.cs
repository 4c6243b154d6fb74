using System.Data.Common;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

/// <summary>Rows of a word and whose it is, as many in one statement as there are: an import brings hundreds of thousands.</summary>
internal sealed class WordRows(MusterDb db, string table, string wordColumn, string ofColumn) : IDisposable
{
    private const int AtOnce = 32;
    private readonly Dictionary<int, DbCommand> commands = [];

    /// <summary>Those that are there already stay.</summary>
    public async Task AddAsync(IEnumerable<string> words, object of, CancellationToken ct)
    {
        foreach (var some in words.Chunk(AtOnce))
            await Command(some.Length).RunAsync(ct, [of, .. some]);
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
    }

    private DbCommand Command(int count)
    {
        if (commands.TryGetValue(count, out var made))
            return made;
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"@w{i}")];
        var rows = string.Join(", ", names.Select(n => $"({n}, @of)"));
        var command = db.Command($"insert into {table} ({wordColumn}, {ofColumn}) values {rows} on conflict do nothing", ["@of", .. names]);
        return commands[count] = command;
    }
}
