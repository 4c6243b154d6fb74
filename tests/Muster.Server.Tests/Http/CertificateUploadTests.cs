using System.Text.Json;
using Muster.Core.X509;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What people send in to the check instead of one certificate of a few thousand characters.</summary>
public sealed class CertificateUploadTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_certificate_with_much_text_around_it_is_checked()
    {
        var pem = await File.ReadAllTextAsync(portal.NextMember().PemPath, Ct);
        using var visitor = await OpenAsync();

        await SendAsync(visitor, text: Padding(100_000) + pem);
        Assert.Equal(200, visitor.Status);
        Assert.Contains("CN=Demo Grid People CA", visitor.Text, StringComparison.Ordinal);

        using var another = await OpenAsync();
        await SendAsync(another, file: Padding(200_000) + pem);
        Assert.Equal(200, another.Status);
    }

    [Theory]
    [InlineData(CertificateFile.MaximumLength + 1)]
    [InlineData(3 * CertificateFile.MaximumLength)]
    public async Task A_file_that_is_too_large_is_told_so_on_the_page_and_to_programs(int length)
    {
        using var visitor = await OpenAsync();
        await SendAsync(visitor, file: Padding(length));
        visitor.AssertRefused(413, "certificate.file-too-large");
        Assert.Contains("The file is too large for a certificate.", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Send the certificate alone", visitor.Text, StringComparison.Ordinal);

        using var program = portal.Visit();
        await program.SendAsync(portal.Options.Link("/api/certificate"), new ByteArrayContent(new byte[length]));
        Assert.Equal(413, program.Status);
        Assert.Equal("certificate.file-too-large", JsonDocument.Parse(program.Html).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_text_that_is_too_large_is_told_so()
    {
        using var visitor = await OpenAsync();

        await SendAsync(visitor, text: Padding(CertificateFile.MaximumLength + 100));

        visitor.AssertRefused(413, "certificate.file-too-large");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("text")]
    public async Task What_is_wrong_stands_beside_the_field_it_was_sent_in(string field)
    {
        using var visitor = await OpenAsync();
        Assert.DoesNotContain("aria-invalid", visitor.Html, StringComparison.Ordinal);

        await SendAsync(visitor, field == "file" ? "good morning" : null, field == "text" ? "good morning" : null);

        visitor.AssertRefused(422, "certificate.not-in-file");
        Assert.Contains($"<a href=\"#{field}\">No certificate was found in the file.</a>", visitor.Html, StringComparison.Ordinal);
        var before = visitor.Html[..visitor.Html.IndexOf("aria-invalid=\"true\"", StringComparison.Ordinal)];
        var element = before[before.LastIndexOf('<')..];
        Assert.Contains($"id=\"{field}\"", element, StringComparison.Ordinal);
        Assert.Contains($"{field}-error\"", element, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}-error\"", visitor.Html, StringComparison.Ordinal);
        Assert.Single(visitor.Html.Split("aria-invalid")[1..]);
    }

    [Fact]
    public async Task Whoever_asks_for_json_is_answered_so_by_the_form_too()
    {
        var pem = await File.ReadAllTextAsync(portal.NextMember().PemPath, Ct);
        using var visitor = await OpenAsync();
        Task<(int Status, JsonElement Body)> AskAsync(string text) =>
            visitor.JsonAsync(HttpMethod.Post, portal.Options.CertificateLink("/certificate"), Form(visitor, text: text));

        var (status, report) = await AskAsync(pem);
        Assert.Equal((200, true), (status, report.GetProperty("ok").GetBoolean()));

        (status, var problem) = await AskAsync("good morning");
        Assert.Equal((422, "certificate.not-in-file"), (status, problem.Code()));
        Assert.Equal("text", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        (status, problem) = await AskAsync(Padding(3 * CertificateFile.MaximumLength));
        Assert.Equal((413, "certificate.file-too-large"), (status, problem.Code()));
    }

    [Fact]
    public async Task Other_forms_take_no_more_than_before()
    {
        using var visitor = await portal.Visit().GetAsync("/sign-in");

        await visitor.PostAsync(("account", "a"), ("password", Padding(100_000)));

        visitor.AssertRefused(400, "form.unreadable");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Padding(int length) => string.Concat(Enumerable.Repeat("grid certificate\n", (length / 17) + 1))[..length];

    private Task<Visitor> OpenAsync() => portal.Visit().GetAsync(portal.Options.CertificateLink("/certificate"));

    private async Task SendAsync(Visitor visitor, string? file = null, string? text = null) =>
        await visitor.SendAsync(portal.Options.CertificateLink(visitor.Action()), Form(visitor, file, text));

    private static MultipartFormDataContent Form(Visitor visitor, string? file = null, string? text = null)
    {
        var content = new MultipartFormDataContent { { new StringContent(visitor.Fields()["formToken"]), "formToken" } };
        if (file is not null)
            content.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(file)), "file", "usercert.pem");
        if (text is not null)
            content.Add(new StringContent(text), "text");
        return content;
    }
}
