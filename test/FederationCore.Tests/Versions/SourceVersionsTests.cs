using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using KubeFed.FederationCore.Versions;

namespace KubeFed.FederationCore.Tests.Versions;

public sealed class SourceVersionsTests
{
    [SuppressMessage("Security", "CA5351", Justification = "the recorded form is upstream's")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [Test]
    public void OfTemplate_UpstreamsVector_IsTheSame() =>
        Assert.That(SourceVersions.OfTemplate(Federated.Of("""{"template":{"spec":{"foo":null}}}""")), Is.EqualTo("a5b8d4352d5aed51c51b93900258ccf3"));

    [TestCase("{}")]
    [TestCase("""{"template":null}""")]
    public void OfTemplate_NoTemplate_IsEmpty(string spec) => Assert.That(SourceVersions.OfTemplate(Federated.Of(spec)), Is.Empty);

    [TestCase("""{ "b" : 1 , "a" : [ ] , "Z" : { } }""", """{"Z":{},"a":[],"b":1}""")]
    [TestCase("""{"a":"<b>&\u2028\u2029é\u0001\b\f\n\r\t\"\\/"}""", """{"a":"\u003cb\u003e\u0026\u2028\u2029é\u0001\u0008\u000c\n\r\t\"\\/"}""")]
    [TestCase("""{"a":1.0,"b":1.50,"c":1e3,"d":1e21,"e":1e-7,"f":123456789012345678901234567890,"g":-0.000001}""", """{"a":1,"b":1.5,"c":1000,"d":1e+21,"e":1e-7,"f":1.2345678901234568e+29,"g":-0.000001}""")]
    [TestCase("""{"a":9007199254740993,"b":9223372036854775807,"c":-0}""", """{"a":9007199254740993,"b":9223372036854775807,"c":0}""")]
    public void OfTemplate_AnyJson_HashesWhatGoWrites(string template, string written) =>
        Assert.That(SourceVersions.OfTemplate(Federated.Of($$"""{"template":{{template}}}""")), Is.EqualTo(Md5(written + "\n")));

    [TestCase("{}", "2979b7538b527abe06492021841caf47")]
    [TestCase("""{"overrides":[]}""", "2979b7538b527abe06492021841caf47")]
    public void OfOverrides_None_IsUpstreamsVector(string spec, string expected) =>
        Assert.That(SourceVersions.OfOverrides(Federated.Of(spec)), Is.EqualTo(expected));

    [Test]
    public void OfOverrides_NoSpec_IsEmpty() => Assert.That(SourceVersions.OfOverrides(Federated.WithoutSpec()), Is.Empty);

    [Test]
    public void OfOverrides_Entries_AreWrittenAsUpstreamsTypes() =>
        Assert.That(
            SourceVersions.OfOverrides(Federated.Of("""
                {"overrides":[{"extra":1,"clusterOverrides":[{"value":{"b":1,"a":9007199254740993},"path":"/spec/x","op":""},{"op":"remove","path":"/y","value":null}],
                  "clusterName":"c1"},{"clusterName":"c2","clusterOverrides":[]}]}
                """)),
            Is.EqualTo(Md5("""{"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/x","value":{"a":9007199254740992,"b":1}},{"op":"remove","path":"/y"}]},{"clusterName":"c2"}]}""" + "\n")));

    [FsCheck.NUnit.Property]
    public bool Utf8Order_Compare_IsThatOfTheBytes(FsCheck.NonNull<string> x, FsCheck.NonNull<string> y)
    {
        var bytes = Math.Sign(Encoding.UTF8.GetBytes(x.Get).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y.Get)));
        return HasLoneSurrogate(x.Get) || HasLoneSurrogate(y.Get) || Math.Sign(Utf8Order.Instance.Compare(x.Get, y.Get)) == bytes;
    }

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(r => r.Value == 0xFFFD);
}
