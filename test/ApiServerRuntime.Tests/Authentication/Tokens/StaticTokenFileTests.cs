using KubeFed.ApiServerRuntime.Authentication.Tokens;

namespace KubeFed.ApiServerRuntime.Tests.Authentication.Tokens;

[TestFixture, Parallelizable(ParallelScope.All)]
public class StaticTokenFileTests
{
    [Test]
    public void Parse_AllForms_GivesTheUsers()
    {
        var tokens = StaticTokenFile.Parse("# comment\nt1,alice,1,\"devs, ops\"\r\n\nt2,bob,2\n\"t,3\",\"c\"\"c\",,solo\n");
        Assert.That(
            tokens.Select(token => (token.Key, token.Value.Name, token.Value.Uid, string.Join('|', token.Value.Groups))),
            Is.EqualTo(new[] { ("t1", "alice", "1", "devs|ops"), ("t2", "bob", "2", string.Empty), ("t,3", "c\"c", string.Empty, "solo") }));
    }

    [TestCase("hunter2,alice", "line 1 of the token file: it has 2 fields, and needs at least 3: token, user, uid")]
    [TestCase("t,a,1\n,alice,1", "line 2 of the token file: its token is empty")]
    [TestCase("hunter2,,1", "line 1 of the token file: its user is empty")]
    [TestCase("hunter2,a,1\n\nhunter2,b,2", "line 3 of the token file: its token is that of line 1")]
    [TestCase("\"hunter2,a,1", "line 1 of the token file: a quote is not closed")]
    [TestCase("\"hunter2\"x,a,1", "line 1 of the token file: there is text behind a closing quote")]
    public void Parse_Malformed_NamesTheLineAndNeverTheToken(string text, string message) =>
        Assert.That(() => StaticTokenFile.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(message).And.Message.Not.Contains("hunter2"));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool Parse_AnyText_GivesTokensOrOneMessage(string? text)
    {
        try
        {
            return StaticTokenFile.Parse(text ?? string.Empty).All(token => token.Key.Length > 0 && token.Value.Name.Length > 0);
        }
        catch (FormatException e)
        {
            return e.Message.StartsWith("line ", StringComparison.Ordinal);
        }
    }
}
