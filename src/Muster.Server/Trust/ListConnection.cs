using System.Net;
using System.Net.Sockets;

namespace Muster.Server.Trust;

/// <summary>
/// The way to an authority's web server. It may send us on to elsewhere in the world, and not into the house: what it answers decides where we go next,
/// and this machine and its neighbours are behind the wall that strangers are in front of. What the operator's own file names is free to be anywhere.
/// </summary>
internal static class ListConnection
{
    private static readonly HttpRequestOptionsKey<string> Listed = new("listed-host");

    /// <summary>RFC 6890: loopback, link-local, private and shared networks; and multicast.</summary>
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
            "192.168.0.0/16",
            "224.0.0.0/3",
            "::/127",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public static HttpRequestMessage Ask(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(Listed, url.IdnHost);
        return request;
    }

    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        if (IsSentOn(context.InitialRequestMessage, target.Host))
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

    /// <summary>Through a web proxy the proxy is the target, and decides by itself.</summary>
    private static bool IsSentOn(HttpRequestMessage request, string host) =>
        request.Options.TryGetValue(Listed, out var listed)
        && !string.Equals(listed, host, StringComparison.OrdinalIgnoreCase)
        && string.Equals(request.RequestUri?.IdnHost, host, StringComparison.OrdinalIgnoreCase);
}
