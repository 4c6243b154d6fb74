using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Muster.Server.Operator.Demo;

namespace Muster.Bench;

/// <summary>Kestrel with client certificates and a constant page: what the platform alone costs.</summary>
internal static class BareServer
{
    /// <param name="rest">Port, certificate and key of the server, root that client certificates must lead to, and the authority between.</param>
    public static async Task RunAsync(string[] rest)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var own = new PemPair(rest[1], rest[2]).Open();
        using var root = X509CertificateLoader.LoadCertificateFromFile(rest[3]);
        using var between = X509CertificateLoader.LoadCertificateFromFile(rest[4]);
        var page = new string('x', 6_000);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(
                int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture),
                listen =>
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificate = own;
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.ClientCertificateValidation = (certificate, chain, errors) =>
                        {
                            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                            chain.ChainPolicy.CustomTrustStore.Add(root);
                            chain.ChainPolicy.ExtraStore.Add(between);
                            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                            return chain.Build(certificate);
                        };
                        https.OnAuthenticate = (_, tls) => tls.AllowTlsResume = false;
                    })
            )
        );
        await using var app = builder.Build();
        app.MapGet("/", (HttpContext http) => Results.Content(http.Connection.ClientCertificate is null ? "" : page, "text/html"));
        await app.RunAsync();
    }
}
