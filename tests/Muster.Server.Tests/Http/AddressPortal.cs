using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A collaboration that gives addresses, and keeps the table of its mail server.</summary>
public sealed class AddressPortal : Portal
{
    public const string Domain = "collab.example";
    private readonly string tables = Directory.CreateTempSubdirectory("muster-tables-").FullName;

    public string TableFile => Path.Combine(tables, "virtual");

    protected override IReadOnlyDictionary<string, string?> MoreSettings =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Addresses:Domain"] = Domain,
            ["Addresses:TableFile"] = TableFile,
            ["Addresses:Reserved:0"] = "dean",
            ["Addresses:MostOpen"] = "2",
            ["Addresses:MostMails"] = "3",
            ["Addresses:GraceDays"] = "1",
        };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(tables, recursive: true);
    }
}

/// <summary>What tests do with addresses again and again.</summary>
internal static class AddressSteps
{
    public const string Api = "/api/me/addresses";

    public static string Fresh(string name = "new") => $"{name}-{Guid.CreateVersion7():N}@example.org";

    public static async Task<JsonElement> DoneAsync(this Visitor visitor, string path, object body)
    {
        var (status, answer) = await visitor.JsonAsync(HttpMethod.Post, path, body);
        Assert.True(status is 200 or 201, answer.ToString());
        return answer;
    }

    public static async Task RefusedAsync(this Visitor visitor, string path, object body, string code, int expected = 422)
    {
        var (status, answer) = await visitor.JsonAsync(HttpMethod.Post, path, body);
        Assert.Equal((expected, code), (status, answer.Code()));
    }

    public static Task<JsonElement> AddAsync(this Visitor me, string email) => me.DoneAsync(Api, new { email });

    /// <summary>In a browser of its own, as who reads the mail elsewhere does.</summary>
    public static async Task<Visitor> ConfirmAsync(this Portal portal, string email)
    {
        var elsewhere = portal.Visit();
        await elsewhere.GetAsync(await portal.LinkAsync(email, "/addresses/confirm/"));
        Assert.Equal(200, elsewhere.Status);
        return await elsewhere.PostAsync();
    }

    public static async Task<string> AddedAsync(this Portal portal, Visitor me, string? email = null)
    {
        email ??= Fresh();
        await me.AddAsync(email);
        using var done = await portal.ConfirmAsync(email);
        Assert.Equal("/addresses/confirmed", done.Path);
        return email;
    }

    public static async Task<JsonElement> AddressesAsync(this Visitor me)
    {
        var (status, body) = await me.JsonAsync(HttpMethod.Get, Api);
        Assert.Equal(200, status);
        return body;
    }

    public static string? Primary(this JsonElement addresses) =>
        addresses
            .GetProperty("addresses")
            .EnumerateArray()
            .Single(a => a.GetProperty("isPrimary").GetBoolean())
            .GetProperty("email")
            .GetString();

    public static List<string> Emails(this JsonElement addresses, string list = "addresses") =>
        [.. addresses.GetProperty(list).EnumerateArray().Select(a => a.GetProperty("email").GetString()!)];
}
