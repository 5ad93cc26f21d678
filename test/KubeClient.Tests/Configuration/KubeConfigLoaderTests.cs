using System.Text;
using KubeFed.KubeClient.Configuration;
using KubeFed.TestSupport.IO;

namespace KubeFed.KubeClient.Tests.Configuration;

public sealed class KubeConfigLoaderTests
{
    private const string Minimal = """
        apiVersion: v1
        kind: Config
        current-context: a
        contexts:
        - name: a
          context: {cluster: ca, user: ua, namespace: na}
        - name: b
          context: {cluster: cb, user: ub}
        clusters:
        - name: ca
          cluster: {server: "https://a.example.com:6443"}
        - name: cb
          cluster: {server: "https://b.example.com"}
        users:
        - name: ua
          user: {token: secret-a}
        - name: ub
          user: {username: u, password: p}
        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Load_ExplicitPath_UsesTheCurrentContext()
    {
        var config = Load(new KubeConfigOptions { Path = _folder.Write("config", Minimal) });

        Assert.That(config.Server, Is.EqualTo(new Uri("https://a.example.com:6443")));
        Assert.That((config.Token, config.Namespace), Is.EqualTo(("secret-a", "na")));
    }

    [Test]
    public void Load_Overrides_WinOverTheContext()
    {
        var path = _folder.Write("config", Minimal);

        var config = Load(new KubeConfigOptions { Path = path, Context = "b", User = "ua", Namespace = "other" });

        Assert.That(config.Server, Is.EqualTo(new Uri("https://b.example.com")));
        Assert.That((config.Token, config.Username, config.Namespace), Is.EqualTo(("secret-a", (string?)null, "other")));
    }

    [Test]
    public void Load_ContextWithoutNamespace_IsDefault() => Assert.That(
        Load(new KubeConfigOptions { Path = _folder.Write("config", Minimal), Context = "b" }).Namespace, Is.EqualTo("default"));

    [Test]
    public void Load_ListOfFiles_FirstEntryWinsWhole()
    {
        var first = _folder.Write("one/config", """
            contexts: [{name: a, context: {cluster: ca}}]
            clusters: [{name: ca, cluster: {server: "https://first", tls-server-name: x}}]
            """);
        var second = _folder.Write("two/config", Minimal);
        var environment = With(("KUBECONFIG", $"{first}:{_folder.Combine("missing")}::{second}:{first}"));

        var document = KubeConfigLoader.LoadDocument(null, environment);
        var config = KubeConfigLoader.Load(null, environment);

        Assert.That(document.CurrentContext, Is.EqualTo("a"));
        Assert.That(document.Contexts.Select(c => c.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(document.Files, Is.EqualTo(new[] { first, second }));
        Assert.That((config.Server.Host, config.TlsServerName, config.Token, config.Namespace), Is.EqualTo(("first", "x", (string?)null, "default")));
    }

    [Test]
    public void Load_RelativePaths_AreRelativeToTheirFile()
    {
        _folder.Write("sub/ca.pem", "x");
        _folder.Write("sub/token", "x");
        var path = _folder.Write("sub/config", """
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://h", certificate-authority: ca.pem}}]
            users: [{name: u, user: {tokenFile: ./token}}]
            """);

        var config = Load(new KubeConfigOptions { Path = path });

        Assert.That(config.CertificateAuthorityFile, Is.EqualTo(_folder.Combine("sub/ca.pem")));
        Assert.That(config.TokenFile, Is.EqualTo(_folder.Combine("sub/token")));
    }

    [Test]
    public void Load_InlineData_BeatsFiles()
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes("pem"));
        var path = _folder.Write("config", $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c} }]
            clusters: [{name: c, cluster: {server: "https://h", certificate-authority: missing, certificate-authority-data: {{data}} } }]
            """);

        var config = Load(new KubeConfigOptions { Path = path });

        Assert.That(Encoding.UTF8.GetString(config.CertificateAuthorityData.Span), Is.EqualTo("pem"));
        Assert.That(config.CertificateAuthorityFile, Is.Null);
    }

    [Test]
    public void Load_NothingAnywhere_SaysWhereItLooked()
    {
        var environment = With();

        var e = Assert.Throws<KubeConfigException>(() => KubeConfigLoader.Load(null, environment));

        Assert.That(e!.Message, Does.StartWith($"no cluster is configured: there is nothing in {environment.DefaultPath}, "));
    }

    [Test]
    public void Load_HomeFolder_IsTheDefault()
    {
        _folder.Write("home/.kube/config", Minimal);

        Assert.That(KubeConfigLoader.Load(null, With()).Token, Is.EqualTo("secret-a"));
    }

    [TestCase("10.0.0.1", "https://10.0.0.1/")]
    [TestCase("fd00::1", "https://[fd00::1]/")]
    public void Load_InAPod_UsesTheServiceAccount(string host, string address)
    {
        _folder.Write("account/token", "t");
        _folder.Write("account/ca.crt", "c");
        _folder.Write("account/namespace", "here\n");
        var environment = With(("KUBERNETES_SERVICE_HOST", host), ("KUBERNETES_SERVICE_PORT", "443"));

        var config = KubeConfigLoader.Load(null, environment);

        Assert.That(config.Server.AbsoluteUri, Is.EqualTo(address));
        Assert.That((config.TokenFile, config.Namespace), Is.EqualTo((_folder.Combine("account/token"), "here")));
        Assert.That(config.CertificateAuthorityFile, Is.EqualTo(_folder.Combine("account/ca.crt")));
    }

    [Test]
    public void ToString_Config_HasNoSecret()
    {
        var path = _folder.Write("config", Minimal);

        Assert.That(Load(new KubeConfigOptions { Path = path }).ToString(), Does.Not.Contain("secret"));
        Assert.That(KubeConfigLoader.LoadDocument(new KubeConfigOptions { Path = path }).Users[0].ToString(), Does.Not.Contain("secret"));
    }

    private static KubeClientConfig Load(KubeConfigOptions options) => KubeConfigLoader.Load(options);

    private KubeConfigEnvironment With(params (string Name, string Value)[] variables) => new()
    {
        Variable = name => variables.FirstOrDefault(v => v.Name == name).Value,
        HomeDirectory = _folder.Combine("home"),
        ServiceAccountDirectory = _folder.Combine("account"),
    };
}
