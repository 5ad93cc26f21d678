using System.Text.Json;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Tests.Transport;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Time;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.KubeClient.Tests.Authentication;

[Platform("Unix")]
public sealed class ExecPluginTests
{
    private readonly CertificateAuthority _authority = new("the authority");
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [OneTimeTearDown]
    public void DropKey() => _authority.Dispose();

    [Test]
    public async Task Get_Token_IsKeptUntilItExpires()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var source = Source(Counting(", \"expirationTimestamp\": \"2026-01-01T00:10:00Z\""), clock: clock);

        Assert.That(await TokenAsync(source), Is.EqualTo("token-1"));
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await TokenAsync(source), Is.EqualTo("token-1"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await TokenAsync(source), Is.EqualTo("token-2"));
    }

    [Test]
    public async Task Get_ManyAtOnce_RunOnce()
    {
        await using var source = Source(Counting());

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TokenAsync(source)));

        Assert.That(tokens, Is.All.EqualTo("token-1"));
    }

    [Test]
    public async Task Send_Refused_RunsAgainOnce()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));
        server.Handler = context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer token-2" ? 200 : 401;
            return Task.CompletedTask;
        };
        await using var transport = KubeTransport.Create(server.Trusting(_authority) with { Exec = Plugin(Counting()) });

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(200));
        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(200));

        Assert.That(server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { "Bearer token-1", "Bearer token-2", "Bearer token-2" }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Send_PluginTakesItsTime_IsNotCountedAgainstTheRequest(int refusals)
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"));
        server.Handler = context =>
        {
            context.Response.StatusCode = server.Requests.Count > refusals ? 200 : 401;
            return Task.CompletedTask;
        };
        var waiting = $"n=$(ls {_folder.Path} | grep -c started); : > {_folder.Path}/started$n; until [ -e {_folder.Path}/go$n ]; do sleep 0.02; done";
        var time = new FakeTimeProvider();
        await using var transport = KubeTransport.Create(server.Trusting(_authority) with { Exec = Plugin($"{waiting}; {Answer("t")}") });
        var call = new DynamicClient(transport, time: time).GetPathAsync("healthz");

        for (var run = 0; run <= refusals; run++)
        {
            await Eventually.True(() => File.Exists(_folder.Combine($"started{run}")) || call.IsCompleted, "the plugin to be at work");
            time.Advance(TimeSpan.FromMinutes(1));
            _folder.Write($"go{run}", "");
        }

        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(30))).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Send_CertificateFromThePlugin_IsShownAndReplaced()
    {
        await using var server = await HttpsServer.StartAsync(_authority.IssueServer("server", "127.0.0.1"), askClientCertificate: true);
        server.Handler = context =>
        {
            context.Response.StatusCode = context.Connection.ClientCertificate?.Subject == "CN=user2" ? 200 : 401;
            return Task.CompletedTask;
        };
        _folder.Write("1.json", CertificateJson(_authority.IssueClient("user1")));
        _folder.Write("2.json", CertificateJson(_authority.IssueClient("user2")));
        var script = $"echo x >> {_folder.Path}/runs; cat {_folder.Path}/$(wc -l < {_folder.Path}/runs | tr -d ' ').json";
        await using var transport = KubeTransport.Create(server.Trusting(_authority) with { Exec = Plugin(script) });

        Assert.That((await transport.GetAsync()).Code, Is.EqualTo(200));
        Assert.That(server.Requests.Select(r => r.ClientCertificate), Is.EqualTo(new[] { "CN=user1", "CN=user2" }));
    }

    [Test]
    public async Task Run_ClusterInfo_IsToldWithTheEnvironment()
    {
        var script = $"printf %s \"$KUBERNETES_EXEC_INFO\" > {_folder.Path}/info; printf %s \"$MINE $1\" > {_folder.Path}/mine; {Answer("t")}";
        var config = new KubeClientConfig
        {
            Server = new Uri("https://api.example.com"),
            TlsServerName = "name",
            CertificateAuthorityData = new byte[] { 1, 2, 3 },
            Exec = Plugin(script) with
            {
                ProvideClusterInfo = true,
                ClusterConfigJson = "{\"audience\":\"x\"}",
                Environment = new Dictionary<string, string> { ["MINE"] = "value" },
            },
        };
        await using var source = new ExecCredentialSource(config, TimeProvider.System, NoLog, () => false);

        await source.GetAsync(CancellationToken.None);

        using var info = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.Combine("info")));
        var spec = info.RootElement.GetProperty("spec");
        var cluster = spec.GetProperty("cluster");
        Assert.That(info.RootElement.GetProperty("apiVersion").GetString(), Is.EqualTo(ExecPluginConfig.V1));
        Assert.That(spec.GetProperty("interactive").GetBoolean(), Is.False);
        Assert.That(cluster.GetProperty("server").GetString(), Is.EqualTo("https://api.example.com"));
        Assert.That(cluster.GetProperty("tls-server-name").GetString(), Is.EqualTo("name"));
        Assert.That(cluster.GetProperty("certificate-authority-data").GetString(), Is.EqualTo("AQID"));
        Assert.That(cluster.GetProperty("config").GetProperty("audience").GetString(), Is.EqualTo("x"));
        Assert.That(await File.ReadAllTextAsync(_folder.Combine("mine")), Is.EqualTo("value argument"));
    }

    [TestCase("echo 'not today' >&2; exit 3", "exit code 3: not today; install it")]
    [TestCase("echo nonsense", "its output is not the JSON of an ExecCredential (line 1); install it")]
    [TestCase("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'",
        "its output is not an ExecCredential of client.authentication.k8s.io/v1")]
    [TestCase("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}'", "its output has no status")]
    [TestCase("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'",
        "its output has neither a token nor a client certificate")]
    [TestCase("head -c 2000000 /dev/zero", "it printed more than 1048576 bytes; install it")]
    public async Task Get_PluginFails_SaysWhy(string script, string why)
    {
        await using var source = Source(script);

        var e = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(CancellationToken.None));

        Assert.That(e!.Message, Does.StartWith("exec plugin \"sh\" failed: "));
        Assert.That(e.Message, Does.Contain(why.Split(';')[0]));
    }

    [Test]
    public async Task Get_NoSuchProgram_GivesTheHint()
    {
        var plugin = Plugin("") with { Command = "no-such-program-anywhere" };
        await using var source = new ExecCredentialSource(Config(plugin), TimeProvider.System, NoLog, () => false);

        var e = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(CancellationToken.None));

        Assert.That(e!.Message, Is.EqualTo("exec plugin \"no-such-program-anywhere\" failed: there is no such program; install it"));
    }

    [Test]
    public async Task Get_PluginHangs_IsKilledAtItsTimeout()
    {
        await using var source = Source("sleep 1000", timeout: TimeSpan.FromMilliseconds(300));

        var e = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(CancellationToken.None));

        Assert.That(e!.Message, Does.Contain("did not finish within"));
    }

    [Test]
    public async Task Get_AlwaysInteractiveWithoutTerminal_IsNotStarted()
    {
        var plugin = Plugin(Counting()) with { InteractiveMode = ExecInteractiveMode.Always };
        await using var source = new ExecCredentialSource(Config(plugin), TimeProvider.System, NoLog, () => false);

        var e = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(CancellationToken.None));

        Assert.That(e!.Message, Does.Contain("not a terminal"));
        Assert.That(File.Exists(_folder.Combine("runs")), Is.False);
    }

    private static Microsoft.Extensions.Logging.ILogger NoLog => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    private static KubeClientConfig Config(ExecPluginConfig plugin) => new() { Server = new Uri("https://api.example.com"), Exec = plugin };

    private static ExecPluginConfig Plugin(string script) => new()
    {
        ApiVersion = ExecPluginConfig.V1,
        Command = "sh",
        Arguments = ["-c", script, "plugin", "argument"],
        InstallHint = "install it",
        InteractiveMode = ExecInteractiveMode.Never,
    };

    private static ExecCredentialSource Source(string script, TimeProvider? clock = null, TimeSpan? timeout = null) => new(
        Config(Plugin(script) with { Timeout = timeout ?? TimeSpan.FromMinutes(1) }), clock ?? TimeProvider.System, NoLog, () => false);

    private static string Answer(string token, string more = "") =>
        "echo \"{\\\"kind\\\":\\\"ExecCredential\\\",\\\"apiVersion\\\":\\\"client.authentication.k8s.io/v1\\\"," +
        $"\\\"status\\\":{{\\\"token\\\":\\\"{token}\\\"{more.Replace("\"", "\\\"", StringComparison.Ordinal)}}}}}\"";

    private static string CertificateJson(IssuedCertificate certificate) =>
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{" +
        $"\"clientCertificateData\":{JsonSerializer.Serialize(certificate.CertificatePem)},\"clientKeyData\":{JsonSerializer.Serialize(certificate.KeyPem)}}}}}";

    private static async Task<string?> TokenAsync(ExecCredentialSource source) =>
        (await source.GetAsync(CancellationToken.None)).Authorization?.Parameter;

    private string Counting(string more = "") =>
        $"echo x >> {_folder.Path}/runs; n=$(wc -l < {_folder.Path}/runs | tr -d ' '); {Answer("token-$n", more)}";
}
