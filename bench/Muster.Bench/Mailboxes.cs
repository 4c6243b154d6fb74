using System.Collections.Concurrent;
using MimeKit;

namespace Muster.Bench;

/// <summary>Everybody's mailbox: told by the kernel of each mail that lies in the folder, finished.</summary>
internal sealed class Mailboxes : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly ConcurrentDictionary<(string Address, string Path), TaskCompletionSource<string>> awaited = new();

    public Mailboxes(string folder)
    {
        Directory.CreateDirectory(folder);
        watcher = new FileSystemWatcher(folder, "*.eml") { InternalBufferSize = 65_536 };
        watcher.Renamed += (_, e) => Take(e.FullPath);
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>The link below <paramref name="path"/> in the mail to that address.</summary>
    public Task<string> LinkAsync(string address, string path) =>
        awaited.GetOrAdd((address, path), _ => New()).Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose() => watcher.Dispose();

    private static TaskCompletionSource<string> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Take(string file)
    {
        using var message = MimeMessage.Load(file);
        var address = message.To.Mailboxes.First().Address;
        foreach (var path in new[] { "/confirm/", "/password/set/" })
            if (
                (message.TextBody ?? "")
                    .Split('\n')
                    .Select(l => l.Trim())
                    .FirstOrDefault(l => l.Contains(path, StringComparison.Ordinal)) is
                { } link
            )
                awaited.GetOrAdd((address, path), _ => New()).TrySetResult(link);
    }
}
