using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Clusters;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
public sealed class MemberSecretTests
{
    [Test]
    public void Read_CopyOfATokenSecret_GivesTokenAndAuthorities()
    {
        var secret = MemberSecret.Read(Secret("""{"token":"IHNlY3JldAo=","ca.crt":"UEVN","namespace":"bnM="}"""));

        Assert.That(secret!.Token, Is.EqualTo("secret"));
        Assert.That(secret.CaBundle.ToArray(), Is.EqualTo("PEM"u8.ToArray()));
        Assert.That(secret.ToString(), Does.Not.Contain("secret\""));
    }

    [TestCase("""{"token":""}""")]
    [TestCase("""{"token":"IA=="}""")]
    [TestCase("""{"token":"?"}""")]
    [TestCase("""{"password":"eA=="}""")]
    [TestCase("null")]
    public void Read_NoToken_IsNull(string data) => Assert.That(MemberSecret.Read(Secret(data)), Is.Null);

    private static KubeObject Secret(string data) =>
        KubeObject.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"c1","namespace":"fed"},"data":{{data}} }"""));
}
