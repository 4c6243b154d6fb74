using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Muster.Server.Operator.Demo;

namespace Muster.Server.Tests.Journeys;

/// <summary>A server on the loopback that a server of ours calls: shows the certificate it is told to show, and talks line by line.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<StreamReader, Stream, Task> talk;
    private int called;

    public TlsServer(DemoCertificate shows, Func<StreamReader, Stream, Task> talk)
    {
        (Shows, this.talk) = (shows, talk);
        listener.Start();
        _ = ServeAsync();
    }

    public DemoCertificate Shows { get; set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Handshakes that were begun.</summary>
    public int Called => Volatile.Read(ref called);

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task AnswerAsync(TcpClient caller)
    {
        using var connection = caller;
        using var certificate = X509Certificate2.CreateFromPemFile(Shows.PemPath, Shows.KeyPath);
        var sent = new X509Certificate2Collection();
        sent.ImportFromPemFile(Shows.PemPath);
        await using var tls = new SslStream(connection.GetStream());
        Interlocked.Increment(ref called);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [.. sent.Skip(1)], offline: true),
                }
            );
            using var reader = new StreamReader(tls, Encoding.ASCII, false, 1024, leaveOpen: true);
            await talk(reader, tls);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The caller did not like what it was shown.
        }
    }
}
