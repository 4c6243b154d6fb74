using System.Reflection;
using System.Security.Cryptography;

namespace Muster.Server.Web;

/// <summary>Stylesheet, script and pictures, out of the executable; their address carries their hash, so browsers keep them for good.</summary>
internal sealed class Assets
{
    private const string Prefix = "wwwroot/";

    private sealed record Asset(byte[] Bytes, string ContentType, string Version);

    private readonly Dictionary<string, Asset> byName;

    public Assets()
    {
        var assembly = Assembly.GetExecutingAssembly();
        byName = assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], n => Read(assembly, n), StringComparer.Ordinal);
    }

    /// <summary>Where pages find the file.</summary>
    public string Url(string name) => $"/assets/{name}?v={byName[name].Version}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{name}", (HttpContext http, string name) => Answer(http, name)).OpenToEveryone();
        routes.MapGet("/favicon.ico", (HttpContext http) => Answer(http, "favicon.svg")).OpenToEveryone();
    }

    private IResult Answer(HttpContext http, string name)
    {
        if (!byName.TryGetValue(name, out var asset))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Bytes, asset.ContentType);
    }

    private static Asset Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!; // named by the assembly itself
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            _ => "application/octet-stream",
        };
        return new Asset(bytes, type, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }
}
