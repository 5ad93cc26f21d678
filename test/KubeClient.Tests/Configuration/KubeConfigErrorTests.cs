using FsCheck;
using FsCheck.Fluent;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Tests.Configuration;

public sealed class KubeConfigErrorTests
{
    private const string Context = "current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\n";
    private const string Cluster = "clusters: [{name: c, cluster: {server: 'https://h'}}]\n";
    private const string Users = "users: [{name: u, user: {}}]\n";

    [TestCase("a: b\n c: [", "^f: line 2, column \\d+: ")]
    [TestCase("[]", "^f: expected a map, found a list$")]
    [TestCase("kind: Pod", "^f: this is no kubeconfig: expected apiVersion v1 and kind Config, found v1 and Pod$")]
    [TestCase("clusters: {}", "^f: clusters: expected a list, found a map$")]
    [TestCase("clusters: [1]", "^f: clusters\\[0\\]: expected a map, found a number$")]
    [TestCase("clusters: [{name: a}, {name: a}]", "^f: clusters\\[1\\]: the name \"a\" is taken by an entry before it$")]
    [TestCase("users: [{name: u, user: {token: 12}}]", "^f: users\\[0\\].user.token: expected a string, found a number$")]
    [TestCase("users: [{name: u, user: {client-key-data: '*'}}]", "^f: users\\[0\\].user.client-key-data: the value is not base64$")]
    [TestCase("users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: x}}}]",
        "^f: users\\[0\\].user.exec: interactiveMode is missing")]
    [TestCase("users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}}]",
        "^f: users\\[0\\].user.exec: apiVersion must be ")]
    [TestCase(Cluster, "^f: current-context is not set; choose one with --context$")]
    [TestCase("current-context: b\n", "^f: there is no context \"b\"$")]
    [TestCase(Context + Users, "^f: contexts\\[0\\].context.cluster: the context \"a\" names the cluster \"c\", which does not exist$")]
    [TestCase(Context + Cluster, "^f: contexts\\[0\\].context.user: the context \"a\" names the user \"u\", which does not exist$")]
    [TestCase(Context + Users + "clusters: [{name: c}]", "^f: clusters\\[0\\]: server is missing$")]
    [TestCase(Context + Users + "clusters: [{name: c, cluster: {server: 'ftp://h'}}]", "^f: clusters\\[0\\].cluster.server: ")]
    [TestCase(Context + Users + "clusters: [{name: c, cluster: {server: 'https://h', insecure-skip-tls-verify: true, certificate-authority: x}}]",
        "^f: clusters\\[0\\].cluster: insecure-skip-tls-verify cannot be true where a certificate-authority is given")]
    [TestCase(Context + Users + "clusters: [{name: c, cluster: {server: 'https://h', certificate-authority: /no/such}}]",
        "^f: clusters\\[0\\].cluster.certificate-authority: /no/such: no such file$")]
    [TestCase(Context + Users + "clusters: [{name: c, cluster: {server: 'https://h', proxy-url: 'socks6://x'}}]",
        "^f: clusters\\[0\\].cluster.proxy-url: expected an http, https or socks5 address$")]
    [TestCase(Context + Cluster + "users: [{name: u, user: {token: t, username: x}}]", "^f: users\\[0\\].user: both a token and a username")]
    [TestCase(Context + Cluster + "users: [{name: u, user: {client-certificate-data: YQ==}}]", "^f: users\\[0\\].user: a client certificate is given without")]
    [TestCase(Context + Cluster + "users: [{name: u, user: {as-uid: x}}]", "^f: users\\[0\\].user: UID, groups or extra")]
    [TestCase(Context + Cluster + "users: [{name: u, user: {auth-provider: {name: gcp}}}]", "^f: users\\[0\\].user.auth-provider: ")]
    public void Resolve_BadConfig_NamesFileAndField(string text, string message)
    {
        var e = Assert.Throws<KubeConfigException>(() => KubeConfigLoader.Resolve(KubeConfigLoader.Parse(text, "f")));

        Assert.That(e!.Message, Does.Match(message));
    }

    [TestCase("10.0.0.1:8080", "http://10.0.0.1:8080/")]
    [TestCase("https://h/path", "https://h/path")]
    public void Resolve_ServerForms_AreRead(string server, string expected) => Assert.That(
        KubeConfigLoader.Resolve(KubeConfigLoader.Parse(Context + Users + $"clusters: [{{name: c, cluster: {{server: '{server}'}}}}]", "f"))
            .Server.AbsoluteUri,
        Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Parse_AnyText_GivesAConfigOrAKubeConfigException(string? text) => Survives(text ?? "");

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Parse_KnownFieldsWithOddValues_GiveAConfigOrAKubeConfigException()
    {
        var values = Gen.Elements(
            "null", "1", "true", "x", "''", "[]", "{}", "[null]", "[{}]", "[x]", "'\\0'", "\"\\0\"", "\"\\ud800\"", "YQ==", "http://[", "https://h", "/",
            "{name: a}", "[{name: a, user: {}}]", "!!binary YQ==", "&a [*a]", "1e999", "{1: 2}");
        var fields = Gen.Elements(
            "server", "certificate-authority", "certificate-authority-data", "insecure-skip-tls-verify", "proxy-url", "tls-server-name", "extensions",
            "token", "tokenFile", "client-certificate", "client-key-data", "as", "as-groups", "as-user-extra", "exec", "auth-provider", "username");
        var entry = from f in fields from v in values select $"{f}: {v}";
        var entries = Gen.ListOf(entry).Select(list => string.Join(", ", list.DistinctBy(e => e.Split(':')[0])));
        var texts = from c in entries
                    from u in entries
                    from context in Gen.Elements(Context, "current-context: 1\n", "contexts: [{name: a}]\ncurrent-context: a\n")
                    select $"{context}clusters: [{{name: c, cluster: {{{c}}}}}]\nusers: [{{name: u, user: {{{u}}}}}]\n";
        return Prop.ForAll(Arb.From(texts), Survives);
    }

    private static bool Survives(string text)
    {
        try
        {
            return KubeConfigLoader.Resolve(KubeConfigLoader.Parse(text, "f")).Server is not null;
        }
        catch (KubeConfigException e)
        {
            return e.Message.Length > 0;
        }
    }
}
