using System.Text;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>Namespaces and signing policies of an EUGridPMA distribution and of canl-java's tests; origin and licence in the vectors' README.</summary>
public class PolicyFileTests
{
    [Fact]
    public void Every_namespaces_file_of_the_distribution_parses()
    {
        var files = In("eugridpma-namespaces/").Where(f => f.Text.Length > 0).ToList();

        Assert.Equal(194, files.Count);
        Assert.Empty(files.Where(f => Namespaces.Read(f.Text) is not { Problem: null, Statements.Count: > 0 }).Select(f => f.Name));
    }

    [Fact]
    public void Every_signing_policy_of_the_distribution_parses()
    {
        var files = In("eugridpma-globus/").Where(f => f.Text.Length > 0).ToList();

        Assert.True(files.Count >= 200, $"{files.Count} files");
        Assert.Empty(files.Where(f => SigningPolicy.Read(f.Text) is not { Problem: null, Blocks.Count: > 0 }).Select(f => f.Name));
    }

    [Theory]
    [InlineData("00000001.namespaces", 3)]
    [InlineData("00000002.namespaces", 3)]
    [InlineData("00000003.namespaces", 3)]
    [InlineData("00000004.namespaces", 3)]
    [InlineData("00000005.namespaces", 3)]
    [InlineData("00000006.namespaces", 1)]
    public void A_bad_namespaces_file_is_refused_with_its_line(string name, int line)
    {
        var (statements, problem) = Namespaces.Read(Text(name));

        Assert.Equal(new PolicyProblem(line, "anchor.namespaces-syntax"), problem);
        Assert.Empty(statements);
    }

    [Theory]
    [InlineData("20000001.signing_policy", 4)]
    [InlineData("20000002.signing_policy", 5)]
    [InlineData("20000003.signing_policy", 6)]
    [InlineData("20000004.signing_policy", 6)]
    [InlineData("20000005.signing_policy", 6)]
    public void A_bad_signing_policy_is_refused_with_its_line(string name, int line)
    {
        var (blocks, problem) = SigningPolicy.Read(Text(name));

        Assert.Equal(new PolicyProblem(line, "anchor.signing-policy-syntax"), problem);
        Assert.Empty(blocks);
    }

    [Fact]
    public void Continuations_comments_and_self_are_understood()
    {
        var (statements, problem) = Namespaces.Read(Text("4798da47.namespaces"));

        Assert.Null(problem);
        Assert.Equal(5, statements.Count);
        Assert.Null(statements[1].Issuer);
        Assert.True(statements[3].Matches(Name("/E=some@email/E=a@b/Email=c@d/CN=ha,ha ,ha")));
        Assert.True(Namespaces.Read(Text("62faf355.namespaces")).Problem is null);
    }

    [Fact]
    public void Quoted_and_unquoted_patterns_with_wildcards_match()
    {
        var (blocks, problem) = SigningPolicy.Read(Text("f2089c29.signing_policy"));

        Assert.Null(problem);
        Assert.Equal(6, blocks.Count);
        Assert.True(blocks[2].Matches(Name("/C=PL/emailAddress=email@ee.net/CN=x")));
        Assert.False(blocks[2].Matches(Name("/C=POL/emailAddress=email@ee.net/CN=x")));
        Assert.True(blocks[5].Matches(Name("/C=EU/CN=anyone at all")));
    }

    [Fact]
    public void A_deny_wins_over_a_permit_and_silence_refuses()
    {
        var (statements, _) = Namespaces.Read(
            """
            TO Issuer "/DC=org/CN=CA" PERMIT Subject "/DC=org/.*"
            TO Issuer "/DC=org/CN=CA" DENY Subject "/DC=org/O=Closed/.*"
            """
        );

        Assert.True(Namespaces.Permit(statements, Name("/DC=org/O=Open/CN=A")));
        Assert.False(Namespaces.Permit(statements, Name("/DC=org/O=Closed/CN=A")));
        Assert.False(Namespaces.Permit(statements, Name("/DC=com/CN=A")));
        Assert.False(Namespaces.Permit(statements, Name("/C=XX/DC=org/O=Open/CN=A")));
        Assert.Null(Namespaces.Permit([], Name("/DC=org/CN=A")));
    }

    [Theory]
    [InlineData("/DC=org/*", "/DC=org/CN=A", true)]
    [InlineData("/DC=org/*", "/DC=orgy/CN=A", false)]
    [InlineData("*a*a*a*a*b", "/CN=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("/CN=?", "/CN=A", true)]
    [InlineData("/CN=?", "/CN=", false)]
    public void Wildcards_match_whole_subjects(string pattern, string subject, bool expected)
    {
        var block = new SigningPolicyBlock(Name("/CN=CA"), Permits: true, [pattern]);

        Assert.Equal(expected, block.Matches(Name(subject)));
    }

    private static DistinguishedName Name(string slash) => DistinguishedName.ParseSlash(slash).Value;

    private static string Text(string name) => Encoding.UTF8.GetString(Vectors.Of("igtf-namespaces")[name]);

    private static IEnumerable<(string Name, string Text)> In(string folder) =>
        Vectors
            .Of("igtf-namespaces")
            .Where(f => f.Key.StartsWith(folder, StringComparison.Ordinal))
            .Select(f => (f.Key, Encoding.UTF8.GetString(f.Value)));
}
