using KubeFed.ApiServerRuntime.Storage.Etcd;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd;

public sealed class EtcdStorageOptionsTests
{
    [Test]
    public void Validate_Defaults_AreGood() => Assert.That(new EtcdStorageOptions().Validate(), Is.Empty);

    [Test]
    public void Validate_TlsAndUser_AreGood() => Assert.That(
        new EtcdStorageOptions
        {
            Endpoints = ["https://a:2379", "https://[::1]:2379/"],
            Prefix = "/some/where",
            AuthorityFile = "ca",
            CertificateFile = "crt",
            KeyFile = "key",
            UserName = "root",
            PasswordFile = "password",
            CompactionInterval = TimeSpan.Zero,
        }.Validate(),
        Is.Empty);

    [Test]
    public void Validate_EverythingWrong_IsToldAtOnce()
    {
        var errors = new EtcdStorageOptions
        {
            Endpoints = ["http://a:1", "http://a:1", "a:2379", "https://b:1/path"],
            Prefix = "registry/",
            KeyFile = "key",
            UserName = "root",
            DialTimeout = TimeSpan.Zero,
            RequestTimeout = -TimeSpan.FromSeconds(1),
            KeepAliveTime = TimeSpan.FromSeconds(4),
            HistoryWindow = TimeSpan.FromDays(2),
            MaxConcurrentRequests = 0,
            MaxObjectsPerLease = 0,
        }.Validate();

        Assert.That(errors, Has.Count.EqualTo(13));
        Assert.That(errors, Is.All.StartsWith("etcd: "));
    }

    [TestCase("http://")]
    [TestCase("ftp://a:1")]
    [TestCase("http://user@a:1")]
    [TestCase("")]
    public void Validate_BadEndpoint_IsNamed(string endpoint) =>
        Assert.That(new EtcdStorageOptions { Endpoints = [endpoint] }.Validate(), Has.Exactly(1).Contains($"\"{endpoint}\""));

    [TestCase("/")]
    [TestCase("")]
    [TestCase("/a/")]
    [TestCase("a")]
    [TestCase("/ü")]
    [TestCase("/a b")]
    public void Validate_BadPrefix_IsNamed(string prefix) =>
        Assert.That(new EtcdStorageOptions { Prefix = prefix }.Validate(), Has.Exactly(1).Contains($"\"{prefix}\""));
}
