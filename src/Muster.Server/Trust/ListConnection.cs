using System.Net;
using System.Net.Sockets;

namespace Muster.Server.Trust;

/// <summary>
/// The way to one authority's web server. It may send us on to elsewhere in the world, and not into the house: what it answers decides where we go next,
/// and this machine and its neighbours are behind the wall that strangers are in front of. What the operator's own file names is free to be anywhere.
/// A web proxy, where one is set, decides by itself.
/// </summary>
/// <param name="listed">As the file names it. No connection is shared with another authority's.</param>
internal sealed class ListConnection(Uri listed)
{
    /// <summary>RFC 6890: loopback, link-local, private and shared networks, and those that only carry another address; and multicast.</summary>
    private static readonly IPNetwork[] inside =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(Bare(target.Host), ct);
        if (!Is(target, listed) && !IsProxy(target, context.InitialRequestMessage.RequestUri))
            addresses = [.. addresses.Where(MayBeSentTo)];
        if (addresses.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static bool MayBeSentTo(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !inside.Any(network => network.Contains(plain));
    }

    private static bool Is(DnsEndPoint target, Uri url) =>
        target.Port == url.Port && string.Equals(Bare(target.Host), Bare(url.IdnHost), StringComparison.OrdinalIgnoreCase);

    private static bool IsProxy(DnsEndPoint target, Uri? asked) =>
        asked is not null
        && HttpClient.DefaultProxy.GetProxy(asked) is { } proxy
        && !HttpClient.DefaultProxy.IsBypassed(asked)
        && Is(target, proxy);

    /// <summary>An IPv6 address stands in brackets in one place and without in another.</summary>
    private static string Bare(string host) => host.Trim('[', ']');
}
