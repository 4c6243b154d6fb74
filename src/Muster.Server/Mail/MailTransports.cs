using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Mail;

/// <summary>Hands one finished message over; returns once the next hop is responsible for it.</summary>
internal interface IMailTransport
{
    Task SendAsync(MimeMessage message, CancellationToken ct);
}

/// <summary>One file per mail, as a mailbox page or another program reads them. The same message twice is the same file.</summary>
internal sealed class MailFiles(IOptions<StorageOptions> storage) : IMailTransport
{
    public string Folder => Path.Combine(storage.Value.DataFolder, "mail");

    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(Folder, message.MessageId!.Split('@')[0] + ".eml"); // the writer sets it
        await using (var file = new FileStream(path + ".half", FileMode.Create, FileAccess.Write, FileShare.None, 16_384, useAsync: false))
        {
            await message.WriteToAsync(file, ct);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".half", path, overwrite: true);
    }
}

/// <summary>A relay by SMTP, one connection per mail.</summary>
internal sealed class SmtpRelay(IOptions<MailOptions> options) : IMailTransport, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Connections at once; relays refuse more from one client.</summary>
    private readonly SemaphoreSlim turns = new(4);

    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        try
        {
            var o = options.Value;
            using var client = new SmtpClient
            {
                Timeout = (int)Patience.TotalMilliseconds,
                ServerCertificateValidationCallback = (_, _, chain, errors) => TlsLibrary.Accepts(chain, errors),
            };
            await client.ConnectAsync(o.SmtpHost, o.SmtpPort, Security(o.SmtpSecurity), ct);
            if (o.SmtpUser.Length > 0)
                await client.AuthenticateAsync(o.SmtpUser, (await File.ReadAllTextAsync(o.SmtpPasswordFile, ct)).Trim(), ct);
            await client.SendAsync(message, ct);
            await client.DisconnectAsync(quit: true, ct);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private static SecureSocketOptions Security(string name) =>
        name switch
        {
            "tls" => SecureSocketOptions.SslOnConnect,
            "starttls" => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
}
