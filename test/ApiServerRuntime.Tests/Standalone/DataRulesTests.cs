using KubeFed.ApiServerRuntime.Tests.Registry;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class DataRulesTests
{
    [Test]
    public async Task Create_SecretWithStringData_PutsItIntoData()
    {
        await using var fixture = new StandaloneFixture();

        var made = await fixture.CreateAsync(StandaloneFixture.Secrets, "s", """{"stringData":{"a":"one"},"data":{"b":"dHdv"}}""");

        Assert.That(made.GetString("data", "a"), Is.EqualTo("b25l"));
        Assert.That(made.GetString("data", "b"), Is.EqualTo("dHdv"));
        Assert.That(made.GetNode("stringData"), Is.Null);
        Assert.That(made.GetString("type"), Is.EqualTo("Opaque"));
    }

    [Test]
    public async Task Update_TypeOfSecret_IsRefused()
    {
        await using var fixture = new StandaloneFixture();
        var root = (await fixture.CreateAsync(StandaloneFixture.Secrets, "s")).ToNode();
        root["type"] = "example.dev/other";

        var status = await StoreFixture.Refusal(() => fixture.Client.UpdateAsync(StandaloneFixture.Secrets, root, CancellationToken.None));

        Assert.That(status.Message, Is.EqualTo("Secret \"s\" is invalid: type: Invalid value: \"example.dev/other\": field is immutable"));
    }

    [TestCase("{\"immutable\":true,\"data\":{\"a\":\"2\"}}", "data: Forbidden: field is immutable when `immutable` is set")]
    [TestCase("{\"data\":{\"a\":\"1\"}}", "immutable: Forbidden: field is immutable when `immutable` is set")]
    public async Task Update_ImmutableConfigMap_IsRefused(string next, string because)
    {
        await using var fixture = new StandaloneFixture();
        var made = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "c", """{"immutable":true,"data":{"a":"1"}}""");
        var root = StandaloneFixture.Root(StandaloneFixture.ConfigMaps, "c", next);
        root["metadata"]!["namespace"] = "default";
        root["metadata"]!["resourceVersion"] = made.Metadata.ResourceVersion;

        var status = await StoreFixture.Refusal(() => fixture.Client.UpdateAsync(StandaloneFixture.ConfigMaps, root, CancellationToken.None));

        Assert.That(status.Message, Does.Contain(because));
    }

    [TestCase("a b")]
    [TestCase("..")]
    [TestCase("ä")]
    public async Task Create_ConfigMapWithBadKey_IsRefused(string key)
    {
        await using var fixture = new StandaloneFixture();

        var status = await StoreFixture.Refusal(() => fixture.CreateAsync(StandaloneFixture.ConfigMaps, "c", "{\"data\":{\"" + key + "\":\"1\"}}"));

        Assert.That(status.Message, Does.Contain($"data[{key}]: Invalid value"));
    }
}
