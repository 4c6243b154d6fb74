using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Addresses;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Provisioning.Targets.MailServer;

/// <summary>
/// Keeps the file true that a mail server reads: soon after a commit that touches it, and every minute for what time or another process
/// has changed. A reader sees the old table or the new one, never a part; one that would be the same is left alone.
/// </summary>
internal sealed class AliasFile : BackgroundService
{
    /// <summary>Mailboxes are nobody's business; whoever runs the server gives the file to its reader, and it stays so.</summary>
    private const UnixFileMode firstMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private static readonly TimeSpan lookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Between two writings: hundreds who come at once are one table.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> touched = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly IDbContextFactory<MusterDb> contexts;
    private readonly AddressesOptions options;
    private readonly MailTableWords words;
    private readonly TimeProvider clock;
    private readonly ILogger<AliasFile> log;

    public AliasFile(
        IDbContextFactory<MusterDb> contexts,
        CommitSignal signal,
        IOptions<AddressesOptions> options,
        MailTableWords words,
        TimeProvider clock,
        ILogger<AliasFile> log
    )
    {
        (this.contexts, this.options, this.words, this.clock, this.log) = (contexts, options.Value, words, clock, log);
        if (IsWanted)
            signal.Subscribe(Take);
    }

    private bool IsWanted => options.GivesAddresses && options.TableFile.Length > 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task? news = null;
        while (IsWanted && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (touched.Reader.TryRead(out _)) { }
                await WriteAsync(stoppingToken);
                await Task.Delay(pause, clock, stoppingToken);
                if (news is null or { IsCompleted: true })
                    news = touched.Reader.WaitToReadAsync(stoppingToken).AsTask();
                await news.WaitAsync(lookEvery, clock, stoppingToken);
            }
            catch (TimeoutException) { }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.TableFailed(log, options.TableFile, e);
                await Task.Delay(lookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(IReadOnlyList<object> written)
    {
        if (written.Any(w => w is CollaborationAddress or MemberEmail or Member or Membership or ImportBatch))
            touched.Writer.TryWrite(true);
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        string table;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            table = await db.MailTableAsync(options, words.Comment, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
        var content = Encoding.UTF8.GetBytes(table);
        var there = File.Exists(options.TableFile) ? await File.ReadAllBytesAsync(options.TableFile, ct) : null;
        if (there is not null && there.AsSpan().SequenceEqual(content))
            return;
        WholeFile.Write(options.TableFile, content, there is null ? firstMode : File.GetUnixFileMode(options.TableFile));
        Log.TableWritten(log, options.TableFile);
    }
}
