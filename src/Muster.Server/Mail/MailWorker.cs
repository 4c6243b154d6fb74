using Microsoft.EntityFrameworkCore;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Mail;

/// <summary>Sends what was ordered. A mail may go out twice if the process dies in between; it carries the same id then, and is never lost.</summary>
internal sealed class MailWorker(
    IDbContextFactory<MusterDb> contexts,
    Writer writer,
    CommitSignal signal,
    MailPost post,
    TimeProvider clock,
    ILogger<MailWorker> log
) : OutboxWorker(Lanes.Mail, contexts, writer, signal, clock, log)
{
    protected override async Task<Func<MusterDb, DateTimeOffset, CancellationToken, Task>?> PerformAsync(
        OutboxOrder order,
        CancellationToken ct
    )
    {
        await post.SendAsync(order, ct);
        return null;
    }
}

/// <summary>Writer and transport together.</summary>
internal sealed class MailPost(MailWriter writer, IMailTransport transport)
{
    public Task SendAsync(OutboxOrder order, CancellationToken ct) => transport.SendAsync(writer.Write(order), ct);
}
