using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Muster.Server.Web;

/// <summary>Two HTTPS listeners: one asks for no certificate, one asks for (never demands) a client certificate.</summary>
internal static class Listeners
{
    /// <summary>Forms are small; nothing that people send here is larger.</summary>
    private const long LargestBody = 128 * 1024;

    public static void Configure(KestrelServerOptions kestrel, PortalOptions portal)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = 5_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);

        var server = ServerCertificate(portal);
        var address = IPAddress.Parse(portal.ListenAddress);
        kestrel.Listen(address, portal.OriginUri.Port, listen => listen.UseHttps(https => Base(https, server)));
        kestrel.Listen(address, portal.CertificateOriginUri.Port, listen => listen.UseHttps(AskForCertificate(server)));
    }

    private static SslStreamCertificateContext ServerCertificate(PortalOptions portal)
    {
        var certificate = X509Certificate2.CreateFromPemFile(portal.TlsCertificate, portal.TlsKey);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(portal.TlsCertificate);
        return SslStreamCertificateContext.Create(certificate, [.. chain.Skip(1)], offline: true);
    }

    private static void Base(HttpsConnectionAdapterOptions https, SslStreamCertificateContext server) =>
        (https.ServerCertificate, https.OnAuthenticate) = (server.TargetCertificate, (_, tls) => tls.ServerCertificateContext = server);

    private static TlsHandshakeCallbackOptions AskForCertificate(SslStreamCertificateContext server) =>
        new()
        {
            OnConnection = handshake =>
            {
                var connection = handshake.Connection;
                return ValueTask.FromResult(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = server,
                        // Asked for; whether there is one, and whether it is good, is for the application to say.
                        ClientCertificateRequired = true,
                        // A resumed session loses the intermediates that were sent; and one that began here would bring its
                        // certificate to the other listener, where clients that remember sessions by host name alone take it.
                        AllowTlsResume = false,
                        CertificateChainPolicy = NoTrust(),
#pragma warning disable CA5359 // Choice: a certificate is judged by the application, so that the visitor reads a sentence and not a TLS alert.
                        RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
                        {
                            ClientCertificates.Keep(connection.Features, leaf, chain);
                            TlsLibrary.ForgetErrors();
                            return true;
                        },
#pragma warning restore CA5359
                    }
                );
            },
        };

    /// <summary>The platform's verdict is not used, so its chain building is kept as cheap as it goes: no store, no download, no revocation.</summary>
    private static X509ChainPolicy NoTrust() =>
        new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationFlags = X509VerificationFlags.AllFlags,
        };
}
