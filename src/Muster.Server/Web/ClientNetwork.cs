namespace Muster.Server.Web;

/// <summary>Whom to count where nobody is signed in.</summary>
internal static class ClientNetwork
{
    /// <summary>An IPv4 address, or the /64 of an IPv6 address, which one household or laboratory has for itself.</summary>
    public static string Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : Convert.ToHexStringLower(bytes.AsSpan(0, 8));
    }
}
