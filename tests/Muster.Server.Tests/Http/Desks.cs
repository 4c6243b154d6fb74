using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What a registrar does through the API, for tests that need it done.</summary>
internal static class Desks
{
    public static async Task<Guid> EnterInstituteAsync(this Visitor desk, string shortName, string country = "DE", string? since = null)
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            "/api/institutes",
            new
            {
                name = $"Institute of {shortName}",
                shortName,
                country,
                since = since ?? "2020-01-01",
            }
        );
        Assert.True(status == 201, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    public static async Task<Guid> EnterPersonAsync(
        this Visitor desk,
        Guid institute,
        string? given,
        string family,
        string? email = null,
        string? native = null,
        string? orcid = null,
        string from = "2024-01-01"
    )
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            "/api/people",
            new
            {
                given,
                family,
                native,
                orcid,
                email = email ?? $"{Guid.CreateVersion7():N}@example.org",
                institute,
                position = "staff",
                from,
                authorFrom = from,
                different = "on",
            }
        );
        Assert.True(status == 201, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> FindAsync(this Visitor desk, string question, string more = "")
    {
        var (status, body) = await desk.JsonAsync(HttpMethod.Get, $"/api/people?q={Uri.EscapeDataString(question)}{more}");
        Assert.Equal(200, status);
        return body;
    }

    public static List<Guid> Ids(this JsonElement answer) =>
        [.. answer.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetGuid())];

    public static string Code(this JsonElement problem) => problem.GetProperty("code").GetString() ?? "";
}
