using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Operator.Demo;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What every outgoing connection asks, whatever its client asks beside it.</summary>
public sealed class TlsLibraryTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public void A_server_that_shows_a_proxy_is_not_accepted_where_the_platform_found_no_error()
    {
        var person = portal.Mill.Person("relay.example.org");
        var proxy = portal.Mill.Proxy(person, CertificateMill.RfcProxy("1.3.6.1.5.5.7.21.1"), "relay.example.org");
        using var ofPerson = Build(person);
        using var ofProxy = Build(proxy);

        Assert.True(TlsLibrary.Accepts(ofPerson, SslPolicyErrors.None));
        Assert.False(TlsLibrary.Accepts(ofProxy, SslPolicyErrors.None));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    public void What_the_platform_refuses_stays_refused(SslPolicyErrors errors)
    {
        using var chain = Build(portal.Mill.Person("relay.example.org"));

        Assert.False(TlsLibrary.Accepts(chain, errors));
        Assert.False(TlsLibrary.Accepts(null, SslPolicyErrors.None));
    }

    /// <summary>What is in the chain counts here, not what the platform says of it.</summary>
    private X509Chain Build(DemoCertificate certificate)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        using var root = portal.Mill.Root();
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(root.RawData));
        chain.ChainPolicy.ExtraStore.ImportFromPemFile(certificate.PemPath);
        using var leaf = X509Certificate2.CreateFromPem(File.ReadAllText(certificate.PemPath));
        chain.Build(leaf);
        Assert.Equal(leaf.Thumbprint, chain.ChainElements[0].Certificate.Thumbprint);
        return chain;
    }
}
