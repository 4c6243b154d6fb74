using System.Diagnostics;
using MimeKit;

namespace Muster.Server.Operator.Demo;

/// <summary>The walker's mailbox: waits for the mail that holds a certain link.</summary>
internal sealed class DemoMails(string folder, string address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public string ConfirmLink { get; set; } = "";
    public string PasswordLink { get; set; } = "";

    /// <exception cref="TimeoutException">No such mail came.</exception>
    public async Task<string> WaitForLinkAsync(string path, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (Find(path) is { } link)
                return link;
            await Task.Delay(Look, TimeProvider.System, ct);
        }
        throw new TimeoutException(VerbTexts.Get("demo.no-mail", address, path));
    }

    private string? Find(string path)
    {
        if (!Directory.Exists(folder))
            return null;
        foreach (
            var file in new DirectoryInfo(folder).EnumerateFiles("*.eml").OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(50)
        )
        {
            using var message = MimeMessage.Load(file.FullName);
            if (!message.To.Mailboxes.Any(m => string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase)))
                continue;
            var link = (message.TextBody ?? "")
                .Split('\n', ' ')
                .Select(w => w.Trim())
                .FirstOrDefault(w => w.Contains(path, StringComparison.Ordinal));
            if (link is not null)
                return link;
        }
        return null;
    }
}
