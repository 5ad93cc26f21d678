using KubeFed.KubeClient.Configuration;
using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Time;

namespace KubeFed.KubeClient.Tests.Transport;

public sealed class ServerCertificateTests
{
    private readonly CertificateAuthority _authority = new("the authority");
    private readonly CertificateAuthority _other = new("another authority");

    [OneTimeTearDown]
    public void DropKeys()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Test]
    public async Task Send_CertificateOfTheAuthority_UsesHttp2()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));

        var answer = await server.Trusting(_authority).GetOnceAsync();

        Assert.That(answer, Is.EqualTo((200, "ok")));
        Assert.That(server.Requests.Single().Protocol, Is.EqualTo("HTTP/2"));
    }

    [Test]
    public async Task Send_BundleOfSeveralAuthorities_TrustsEach()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));
        var bundle = _other.CertificatePem + "# a comment\n" + _authority.CertificatePem;

        var config = new KubeClientConfig { Server = server.Address, CertificateAuthorityData = TransportFixture.Utf8(bundle) };

        Assert.That((await config.GetOnceAsync()).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Send_UnknownAuthority_SaysWhoSigned()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));

        var message = await server.Trusting(_other).FailureAsync();

        Assert.That(message, Is.EqualTo(
            $"cannot reach the API server https://127.0.0.1:{server.Port}: its certificate is not trusted: it is signed by " +
            "\"CN=the authority\", which is not among the authorities of the configuration"));
    }

    [Test]
    public async Task Send_UnknownToTheSystem_SaysSo()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));

        var message = await new KubeClientConfig { Server = server.Address }.FailureAsync();

        Assert.That(message, Does.EndWith("which is not among the system's authorities"));
    }

    [Test]
    public async Task Send_WrongName_NamesBoth()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "example.com", "10.0.0.1"));

        var message = await server.Trusting(_authority).FailureAsync();

        Assert.That(message, Does.EndWith("its certificate is not trusted: it is valid for example.com, 10.0.0.1, not for 127.0.0.1"));
    }

    [Test]
    public async Task Send_CommonNameOnly_IsNoName()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("localhost"));
        var config = server.Trusting(_authority) with { TlsServerName = "localhost" };

        Assert.That(await config.FailureAsync(), Does.EndWith("not for localhost"));
    }

    [Test]
    public async Task Send_TlsServerName_IsWhatMustMatch()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "example.com"));

        var answer = await (server.Trusting(_authority) with { TlsServerName = "example.com" }).GetOnceAsync();

        Assert.That(answer.Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Send_ExpiredCertificate_SaysWhen()
    {
        using var past = new CertificateAuthority("the past", new FakeClock(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await using var server = await HttpsServer.StartAsync(past.IssueServer("server", "127.0.0.1"));

        var message = await server.Trusting(past).FailureAsync();

        Assert.That(message, Does.EndWith("is valid from 2019-12-31T23:55:00Z until 2020-01-01T23:55:00Z only"));
    }

    [TestCase(DisabledTlsValidations.None, false, false, false)]
    [TestCase(DisabledTlsValidations.SubjectName, true, false, false)]
    [TestCase(DisabledTlsValidations.ValidityPeriod, false, true, false)]
    [TestCase(DisabledTlsValidations.Authority, false, false, true)]
    [TestCase(DisabledTlsValidations.All, true, true, true)]
    public async Task Send_DisabledValidations_LeaveTheOthers(
        DisabledTlsValidations disabled, bool wrongName, bool expired, bool unknownAuthority)
    {
        using var past = new CertificateAuthority("the past", new FakeClock(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await using var misnamed = await HttpsServer.StartAsync(_authority.IssueServer("server", "example.com"));
        await using var outdated = await HttpsServer.StartAsync(past.IssueServer("server", "127.0.0.1"));
        await using var foreign = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));

        await ExpectAsync(misnamed.Trusting(_authority) with { DisabledTlsValidations = disabled }, wrongName);
        await ExpectAsync(outdated.Trusting(past) with { DisabledTlsValidations = disabled }, expired);
        await ExpectAsync(foreign.Trusting(_other) with { DisabledTlsValidations = disabled }, unknownAuthority);
    }

    private static async Task ExpectAsync(KubeClientConfig config, bool accepted)
    {
        if (accepted)
        {
            Assert.That((await config.GetOnceAsync()).Code, Is.EqualTo(200));
        }
        else
        {
            Assert.That(await config.FailureAsync(), Does.Contain("its certificate is not trusted"));
        }
    }
}
