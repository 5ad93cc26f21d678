using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>TLS with client certificates, and users with passwords.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class EtcdSecurityTests
{
    [SetUp]
    public void RequireEtcd()
    {
        if (EtcdServer.Unavailable is { } reason)
        {
            Assert.Ignore(reason);
        }
    }

    [Test]
    public async Task Tls_ClientCertificate_IsNeededAndTaken()
    {
        await using var server = await EtcdServer.StartAsync(new EtcdServerOptions { Tls = true });
        var good = TlsOptions(server, server.Folder);
        using var stranger = new CertificateAuthority("stranger");
        var strangerFile = Path.Combine(server.Folder, "stranger.crt");
        await File.WriteAllTextAsync(strangerFile, stranger.CertificatePem);

        await using (var storage = EtcdFixture.Open(good))
        {
            await WriteAsync(storage, "/a/1");
        }

        Assert.That(await FailureAsync(good with { CertificateFile = null, KeyFile = null }), Does.Contain("etcd"));
        Assert.That(await FailureAsync(good with { AuthorityFile = strangerFile }), Does.Contain("certificate"));
        Assert.That(await FailureAsync(good with { KeyFile = Path.Combine(server.Folder, "server.key") }), Does.Contain("key"));
        Assert.That(await FailureAsync(good with { AuthorityFile = "/nowhere" }), Does.Contain("/nowhere"));
    }

    [Test]
    public async Task Tls_FilesReplaced_AreUsedFromThenOn()
    {
        await using var server = await EtcdServer.StartAsync(new EtcdServerOptions { Tls = true });
        using var folder = new TempFolder();
        using var stranger = new CertificateAuthority("stranger");
        var unknown = stranger.IssueClient("storage");
        folder.Write("ca.crt", await File.ReadAllTextAsync(Path.Combine(server.Folder, "ca.crt")));
        folder.Write("client.crt", unknown.CertificatePem);
        folder.Write("client.key", unknown.KeyPem);
        var clock = new FakeTimeProvider();
        await using var storage = new EtcdStorage(TlsOptions(server, folder.Path), clock, NullLogger<EtcdStorage>.Instance);
        await Assert.ThatAsync(() => WriteAsync(storage, "/a/1"), Throws.InstanceOf<StorageUnavailableException>());

        File.Copy(Path.Combine(server.Folder, "client-2.crt"), folder.Combine("client.crt"), overwrite: true);
        clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThatAsync(() => WriteAsync(storage, "/a/1"), Throws.InstanceOf<StorageUnavailableException>(), "key and certificate differ");
        File.Copy(Path.Combine(server.Folder, "client-2.key"), folder.Combine("client.key"), overwrite: true);
        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.That(await WriteAsync(storage, "/a/1"), Is.Positive);
    }

    [Test]
    public async Task User_PasswordAndLostToken_LogsInAgain()
    {
        await using var server = await EtcdServer.StartAsync();
        using var gateway = new EtcdGateway(server);
        await gateway.EnableAuthenticationAsync("secret");
        using var folder = new TempFolder();
        var plain = EtcdFixture.NewOptions(server);
        var good = plain with { UserName = "root", PasswordFile = folder.Write("password", "secret\n") };
        await using var storage = EtcdFixture.Open(good);
        var first = await WriteAsync(storage, "/a/1");
        await using var reader = new EventReader(storage, "/", 0, CancellationToken.None);
        Assert.That((await reader.NextAsync()).Revision, Is.EqualTo(first));

        await server.Members[0].Process.KillAsync();
        server.Members[0].Process.Start();
        await server.Members[0].WaitUntilHealthyAsync();
        Assert.That((await storage.GetAsync("/a/1", CancellationToken.None))?.Revision, Is.EqualTo(first), "read with a token of before");
        await using var again = new EventReader(storage, "/", 0, CancellationToken.None);
        Assert.That((await again.NextAsync()).Revision, Is.EqualTo(first));

        Assert.That(await FailureAsync(plain), Does.Contain("user name is empty"));
        Assert.That(await FailureAsync(good with { PasswordFile = folder.Write("wrong", "wrong") }), Does.Contain("authentication failed"));
        Assert.That(await FailureAsync(good with { PasswordFile = "/nowhere" }), Does.Contain("/nowhere"));
        Assert.That(
            await FailureAsync(good with { UserName = "nobody", PasswordFile = folder.Write("nobody", "nothing") }),
            Does.Contain("permission denied"));
    }

    [Test]
    public async Task User_LostTokenBeforeAWatch_LogsInAgain()
    {
        await using var server = await EtcdServer.StartAsync();
        using var gateway = new EtcdGateway(server);
        await gateway.EnableAuthenticationAsync("secret");
        using var folder = new TempFolder();
        await using var storage = EtcdFixture.Open(
            EtcdFixture.NewOptions(server) with { UserName = "root", PasswordFile = folder.Write("password", "secret\n") });
        var first = await WriteAsync(storage, "/a/1");
        await server.Members[0].Process.KillAsync();
        server.Members[0].Process.Start();
        await server.Members[0].WaitUntilHealthyAsync();

        await using var reader = new EventReader(storage, "/", 0, CancellationToken.None);

        Assert.That((await reader.NextAsync()).Revision, Is.EqualTo(first));
    }

    private static EtcdStorageOptions TlsOptions(EtcdServer server, string folder) => EtcdFixture.NewOptions(server) with
    {
        AuthorityFile = Path.Combine(folder, "ca.crt"),
        CertificateFile = Path.Combine(folder, "client.crt"),
        KeyFile = Path.Combine(folder, "client.key"),
    };

    private static async Task<string> FailureAsync(EtcdStorageOptions options)
    {
        await using var storage = EtcdFixture.Open(options);
        try
        {
            await WriteAsync(storage, "/a/1");
        }
        catch (StorageUnavailableException e)
        {
            return e.Message;
        }

        throw new AssertionException("the write did not fail");
    }

    private static async Task<long> WriteAsync(IStorage storage, string key) =>
        (await storage.CreateAsync(key, new byte[10], null, CancellationToken.None)).Revision;
}
