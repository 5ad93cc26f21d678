using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Discovery;
using KubeFed.ApiServerRuntime.Tests.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Types;

public sealed class TypeRegistryTests
{
    [Test]
    public void SetTypes_OfTwoOwners_ServesBoth()
    {
        var registry = new TypeRegistry();

        registry.SetTypes("a", [Widgets.Type]);
        registry.SetTypes("b", [Widgets.Cluster]);

        Assert.That(registry.Current.Types.Select(type => type.Plural), Is.EqualTo(["gadgets", "widgets"]));
    }

    [Test]
    public void SetTypes_Anew_ReplacesTheOwnersTypesAtOnce()
    {
        var registry = new TypeRegistry();
        registry.SetTypes("a", [Widgets.Type]);
        var seen = new List<string>();
        using var listening = registry.OnChange(snapshot => seen.Add(string.Join(',', snapshot.Types.Select(type => type.Plural))));

        registry.SetTypes("a", [Widgets.Cluster]);
        registry.SetTypes("a", []);

        Assert.That(seen, Is.EqualTo(["gadgets", ""]));
    }

    [Test]
    public void SetTypes_SameResourceTwice_ServesThatOfTheFirstOwner()
    {
        var registry = new TypeRegistry();
        var other = Widgets.Type with { Kind = "Other" };

        registry.SetTypes("b", [other]);
        registry.SetTypes("a", [Widgets.Type]);

        Assert.That(registry.Current.Find(Widgets.Type.GroupResource)!.Kind, Is.EqualTo("Widget"));
    }

    [Test]
    public void OnChange_Disposed_IsNotCalled()
    {
        var registry = new TypeRegistry();
        int calls = 0;
        registry.OnChange(_ => calls++).Dispose();

        registry.SetTypes("a", [Widgets.Type]);

        Assert.That(calls, Is.Zero);
    }

    [Test]
    public void GroupVersions_OfNoType_AreShownAllTheSame()
    {
        var registry = new TypeRegistry(new GroupVersion("later.example.com", "v1"));
        registry.SetTypes("a", [Widgets.Type]);

        var groups = DiscoveryModel.Read(registry.Current, []);

        var later = groups.Single(group => group.Name == "later.example.com");
        Assert.That(later.Versions.Single().Name, Is.EqualTo("v1"));
        Assert.That(later.Versions.Single().Resources, Is.Empty);
    }
}
