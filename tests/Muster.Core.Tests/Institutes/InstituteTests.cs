using System.Text.Json;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Institutes;

public sealed class InstituteTests
{
    private static readonly DateOnly day = new(2027, 3, 1);

    [Fact]
    public void Everything_that_is_wrong_with_an_institute_is_told_at_once()
    {
        var wrong = new InstituteFacts("", new string('x', 41), "XX", "a\u202eb", "01ggx4158", day, day).Check();

        Assert.Equal(
            [
                "institute.name-missing@name",
                "institute.too-long@shortName",
                "institute.bad-characters@address",
                "institute.country-unknown@country",
                "ror.wrong-checksum@ror",
                "institute.ends-before@until",
            ],
            wrong.Select(w => $"{w.Code}@{w.Field}")
        );
    }

    [Fact]
    public void A_circle_of_successors_is_refused_however_long()
    {
        var ids = Enumerable.Range(1, 5).Select(i => new InstituteId(new Guid(i, 0, 0, new byte[8]))).ToList();
        var known = ids.Zip(ids.Skip(1), (a, b) => new InstituteSuccession(a, b, day)).ToList();

        Assert.Null(InstituteSuccession.Check(ids[0], ids[4], known));
        Assert.Equal("institute.succeeds-itself", InstituteSuccession.Check(ids[4], ids[0], known)?.Code);
        Assert.Equal("institute.succeeds-itself", InstituteSuccession.Check(ids[2], ids[2], known)?.Code);
        Assert.Equal("institute.succession-known", InstituteSuccession.Check(ids[0], ids[1], known)?.Code);
    }

    [Theory]
    [InlineData(RepresentativeKind.Cover, null, "representative.cover-has-no-end")]
    [InlineData(RepresentativeKind.Deputy, 0, "representative.ends-before")]
    [InlineData(RepresentativeKind.Cover, 14, null)]
    [InlineData(RepresentativeKind.Representative, null, null)]
    public void Cover_needs_an_end_and_every_end_a_day_before_it(RepresentativeKind kind, int? days, string? code) =>
        Assert.Equal(code, Representative.Check(kind, day, days is { } d ? day.AddDays(d) : null, [])?.Code);

    [Fact]
    public void Nobody_speaks_twice_at_once_but_again_later()
    {
        var (institute, member) = (new InstituteId(new Guid(1, 0, 0, new byte[8])), new MemberId(new Guid(2, 0, 0, new byte[8])));
        var own = new[] { new Representative(institute, member, RepresentativeKind.Deputy, day, day.AddDays(10)) };

        Assert.Equal("representative.named-already", Representative.Check(RepresentativeKind.Deputy, day.AddDays(9), null, own)?.Code);
        Assert.Null(Representative.Check(RepresentativeKind.Deputy, day.AddDays(10), null, own));
        Assert.Null(Representative.Check(RepresentativeKind.Deputy, day.AddDays(-5), day, own));
    }

    [Fact]
    public void Every_record_of_the_registry_is_read_and_some_went_on_as_others()
    {
        var lines = Vectors.Lines("ror-institutes", "ror.ndjson.xz");

        var records = lines.Select(l => RorRecord.Read(JsonDocument.Parse(l).RootElement)).ToList();

        Assert.All(records, r => Assert.True(r.IsSuccess));
        Assert.True(records.Count > 30_000);
        Assert.Contains(records, r => !r.Value.IsActive && r.Value.Successors.Count > 0);
        Assert.All(records, r => Assert.Contains(r.Value.Name, r.Value.Names));
    }

    [Fact]
    public void A_record_of_the_dump_says_the_same_as_its_compact_form()
    {
        const string full = """
            {"id":"https://ror.org/01js2sh04","status":"inactive","names":[{"value":"DESY","types":["acronym"],"lang":null},
             {"value":"Deutsches Elektronen-Synchrotron DESY","types":["ror_display","label"],"lang":"de"}],
             "locations":[{"geonames_id":2911298,"geonames_details":{"country_code":"DE","name":"Hamburg"}}],
             "relationships":[{"type":"successor","id":"https://ror.org/01ggx4157","label":"x"},{"type":"child","id":"https://ror.org/01ggx4157"}]}
            """;
        const string compact = """
            {"id":"https://ror.org/01js2sh04","status":"inactive","names":[["DESY",["acronym"],null],
             ["Deutsches Elektronen-Synchrotron DESY",["ror_display","label"],"de"]],
             "loc":[["DE","Hamburg",2911298]],"rel":[["successor","https://ror.org/01ggx4157","x"],["child","https://ror.org/01ggx4157","y"]]}
            """;

        var (a, b) = (Read(full), Read(compact));

        Assert.Equal(JsonSerializer.Serialize(a), JsonSerializer.Serialize(b));
        Assert.Equal(("01js2sh04", "DESY", "DE", "Hamburg", false), (a.Id, a.Acronym, a.Country, a.Place, a.IsActive));
        Assert.Equal(["01ggx4157"], a.Successors);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"https://ror.org/01js2sh04","names":[]}""")]
    [InlineData("""{"id":7,"names":[["x",["label"]]]}""")]
    [InlineData("""{"id":"https://ror.org/01js2sh05","names":[["x",["label"]]]}""")]
    public void What_is_no_record_is_refused(string text) => Assert.False(RorRecord.Read(JsonDocument.Parse(text).RootElement).IsSuccess);

    private static RorRecord Read(string text) => RorRecord.Read(JsonDocument.Parse(text).RootElement).Value;
}
