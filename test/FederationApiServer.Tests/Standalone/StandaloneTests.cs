using KubeFed.TestSupport.Waiting;

namespace KubeFed.FederationApiServer.Tests.Standalone;

/// <summary>A person with kubectl at a server without any cluster.</summary>
public sealed class StandaloneTests
{
    private const string Gadgets = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gadgets.example.dev}
        spec:
          group: example.dev
          scope: Namespaced
          names: {plural: gadgets, singular: gadget, kind: Gadget, shortNames: [gd]}
          versions:
            - name: v1
              served: true
              storage: true
              additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      description: What the gadget is like.
                      properties: {size: {type: integer, minimum: 1, description: How big it is.}}
        """;

    private static StandaloneServer? _server;

    private static StandaloneServer Server => _server!;

    [OneTimeSetUp]
    public static async Task StartAsync() => _server = await StandaloneServer.StartAsync();

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [TearDown]
    public void TellLog()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0)
        {
            TestContext.Out.WriteLine(Server.TailLog());
        }
    }

    [Test]
    public async Task CreateToken_OfAServiceAccount_IsThatAccountUntilItIsDeleted()
    {
        await Server.RunAsync("create", "namespace", "tokens");
        await Server.RunAsync("create", "serviceaccount", "robot", "-n", "tokens");
        var token = (await Server.RunAsync("create", "token", "robot", "-n", "tokens")).Trim();

        var review = $$$"""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"{{{token}}}"}}""";

        var before = await Server.TryAsync(review, "create", "-f", "-", "-o", "jsonpath={.status.user.username}");
        await Server.RunAsync("delete", "serviceaccount", "robot", "-n", "tokens");
        var after = await Server.TryAsync(review, "create", "-f", "-", "-o", "jsonpath={.status.user.username}");

        Assert.Multiple(() =>
        {
            Assert.That(before.Output, Is.EqualTo("system:serviceaccount:tokens:robot"), before.Error);
            Assert.That(after.Output, Is.Empty);
        });
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Start_NewServer_HasNamespacesAndRoles()
    {
        Assert.That(await Server.RunAsync("get", "namespaces", "-o", "name"), Does.StartWith("namespace/default\n").And.Contain("namespace/kube-public\nnamespace/kube-system\n"));
        Assert.That(await Server.RunAsync("get", "clusterroles", "-o", "name"), Does.Contain("clusterrole.rbac.authorization.k8s.io/cluster-admin\n"));
        Assert.That(File.GetUnixFileMode(Server.Kubeconfig), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Namespace_CreatedAndDeleted_TakesItsContentWithIt()
    {
        await Server.RunAsync("create", "namespace", "shortlived");
        await Server.RunAsync("-n", "shortlived", "create", "configmap", "a", "--from-literal=k=v");
        await Eventually.True(
            async () => (await Server.TryAsync(null, "-n", "shortlived", "get", "serviceaccount/default", "configmap/kube-root-ca.crt")).ExitCode == 0,
            "the default account and the authority");

        await Server.RunAsync("delete", "namespace", "shortlived", "--timeout=60s");

        Assert.That((await Server.TryAsync(null, "get", "namespace", "shortlived")).Error, Does.Contain("not found"));
        Assert.That(await Server.RunAsync("get", "configmaps", "-A"), Does.Not.Contain("shortlived"));
    }

    [Test]
    public async Task Definition_Applied_IsServedExplainedAndDeletedWithItsObjects()
    {
        await Server.ApplyAsync(Gadgets);
        await Server.RunAsync("wait", "--for=condition=Established", "crd/gadgets.example.dev", "--timeout=30s");
        await Eventually.True(
            async () => (await Server.TryAsync(Gadget("g", "{size: 3}"), "apply", "-f", "-")).ExitCode == 0,
            "the type to be served",
            TimeSpan.FromSeconds(30));

        Assert.That(await Server.RunAsync("get", "gd", "-o", "jsonpath={.items[0].spec.size}"), Is.EqualTo("3"));
        Assert.That(await Server.RunAsync("get", "gadgets"), Does.Match("^NAME +SIZE\ng +3\n$"));
        Assert.That(await Server.RunAsync("explain", "gadgets.spec.size"), Does.Contain("How big it is."));
        Assert.That(
            (await Server.TryAsync(Gadget("bad", "{size: 0}"), "apply", "-f", "-")).Error,
            Does.Contain("should be greater than or equal to 1"));

        await Server.RunAsync("delete", "crd", "gadgets.example.dev", "--timeout=60s");
        Assert.That((await Server.TryAsync(null, "get", "--raw", "/apis/example.dev/v1/gadgets")).ExitCode, Is.Not.Zero);
    }

    [TestCase("foreground")]
    [TestCase("background")]
    [TestCase("orphan")]
    public async Task Delete_Cascade_DoesAsAsked(string cascade)
    {
        string owner = $"owner-{cascade}";
        string child = $"child-{cascade}";
        await Server.RunAsync("create", "configmap", owner);
        string uid = await Server.RunAsync("get", "configmap", owner, "-o", "jsonpath={.metadata.uid}");
        await Server.ApplyAsync($$"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{child}}
              ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: {{owner}}, uid: {{uid}}, blockOwnerDeletion: true}]
            """);

        await Server.RunAsync("delete", "configmap", owner, $"--cascade={cascade}", "--timeout=60s");

        if (cascade == "orphan")
        {
            Assert.That(await Server.RunAsync("get", "configmap", child, "-o", "jsonpath={.metadata.ownerReferences}"), Is.Empty);
        }
        else
        {
            await Eventually.True(async () => (await Server.TryAsync(null, "get", "configmap", child)).ExitCode != 0, "the dependent to be collected");
        }
    }

    [Test]
    public async Task Secret_WithStringData_IsStoredAsDataAndAppliedAgain()
    {
        const string secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: one}\n";
        await Server.ApplyAsync(secret);
        Assert.That(await Server.RunAsync("get", "secret", "s", "-o", "jsonpath={.data.a}"), Is.EqualTo("b25l"));
        Assert.That(await Server.RunAsync("get", "secret", "s", "--no-headers"), Does.Match("^s +Opaque +1 +"));

        await Server.ApplyAsync(secret.Replace("one", "two", StringComparison.Ordinal));

        Assert.That(await Server.RunAsync("get", "secret", "s", "-o", "jsonpath={.data.a}"), Is.EqualTo("dHdv"));
    }

    [Test]
    public async Task Patch_ServiceAccountStrategically_MergesByName()
    {
        await Server.ApplyAsync("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\nsecrets: [{name: one}]\n");

        await Server.RunAsync("patch", "serviceaccount", "robot", "-p", """{"secrets":[{"name":"two"}]}""");

        string names = await Server.RunAsync("get", "serviceaccount", "robot", "-o", "jsonpath={.secrets[*].name}");
        Assert.That(names.Split(' ').Order(), Is.EqualTo(["one", "two"]));
    }

    [Test]
    public async Task Auth_UserWithRole_MayDoWhatItSays()
    {
        await Server.RunAsync("create", "role", "reader", "--verb=get", "--resource=configmaps");
        await Server.RunAsync("create", "rolebinding", "reader", "--role=reader", "--user=ann");

        await Eventually.True(
            async () => (await Server.TryAsync(null, "auth", "can-i", "get", "configmaps", "--as=ann")).Output.Trim() == "yes", "the right to be known");
        Assert.That((await Server.TryAsync(null, "auth", "can-i", "delete", "configmaps", "--as=ann")).Output.Trim(), Is.EqualTo("no"));
        Assert.That((await Server.TryAsync(null, "get", "secrets", "--as=ann")).Error, Does.Contain("is forbidden"));
        Assert.That((await Server.TryAsync(null, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")).Output, Is.EqualTo("kubefed-admin"));
    }

    [Test]
    public async Task Restart_Server_KeepsEverything()
    {
        await using var server = await StandaloneServer.StartAsync();
        await server.ApplyAsync(Gadgets);
        await server.RunAsync("wait", "--for=condition=Established", "crd/gadgets.example.dev", "--timeout=30s");
        await Eventually.True(
            async () => (await server.TryAsync(Gadget("kept", "{}"), "apply", "-f", "-")).ExitCode == 0,
            "the type to be served");

        await server.RestartAsync();

        await Eventually.True(async () => (await server.TryAsync(null, "get", "gadget", "kept")).ExitCode == 0, "the object to be there");
        await server.RunAsync("delete", "gadget", "kept", "--cascade=foreground", "--timeout=60s");
    }

    private static string Gadget(string name, string spec) =>
        $"apiVersion: example.dev/v1\nkind: Gadget\nmetadata: {{name: {name}}}\nspec: {spec}\n";
}
