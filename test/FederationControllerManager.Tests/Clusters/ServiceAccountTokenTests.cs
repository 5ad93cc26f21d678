using System.Buffers.Text;
using System.Text;
using KubeFed.FederationControllerManager.Clusters;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
public sealed class ServiceAccountTokenTests
{
    [Test]
    public void TryRead_TokenWithAnEnd_GivesAccountAndTimes()
    {
        var token = ServiceAccountToken.TryRead(Token("""{"sub":"system:serviceaccount:fed:c1-host","iat":1000,"exp":5000}"""));

        Assert.Multiple(() =>
        {
            Assert.That(token!.Account.ToString(), Is.EqualTo("fed/c1-host"));
            Assert.That(token.ExpiresAt - token.IssuedAt, Is.EqualTo(TimeSpan.FromSeconds(4000)));
        });
    }

    [TestCase("""{"sub":"system:serviceaccount:fed:c1-host"}""", TestName = "TryRead_NoEnd_IsNull")]
    [TestCase("""{"sub":"alice","exp":5000}""", TestName = "TryRead_NoServiceAccount_IsNull")]
    [TestCase("""{"sub":"system:serviceaccount:fed","exp":5000}""", TestName = "TryRead_HalfASubject_IsNull")]
    [TestCase("""[1]""", TestName = "TryRead_NoObject_IsNull")]
    [TestCase("""{"sub":5,"exp":"x"}""", TestName = "TryRead_WrongTypes_IsNull")]
    public void TryRead_Other_IsNull(string claims) => Assert.That(ServiceAccountToken.TryRead(Token(claims)), Is.Null);

    [FsCheck.NUnit.Property]
    public bool TryRead_AnyText_DoesNotThrow(string? text) => ServiceAccountToken.TryRead(text ?? "") is null;

    private static string Token(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
}
