using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class ObjectMetaValidatorTests
{
    private static readonly OwnerReference Owner = new() { ApiVersion = "v1", Kind = "A", Name = "a", Uid = "u" };
    private static readonly ObjectMeta Good = new() { Name = "w", Namespace = "n", Uid = "u", ResourceVersion = "5", Generation = 2 };

    private static readonly TestCaseData[] Creates =
    [
        Case(Good with { Name = "" }, "metadata.name: Required value: name or generateName is required"),
        Case(Good with { Name = "A" }, "metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must"),
        Case(Good with { GenerateName = "Ab-" }, "metadata.generateName: Invalid value: \"Ab-\": a lowercase RFC 1123 subdomain must"),
        Case(Good with { Namespace = "" }, "metadata.namespace: Required value"),
        Case(Good with { Namespace = "a.b" }, "metadata.namespace: Invalid value: \"a.b\": a lowercase RFC 1123 label must"),
        Case(Good with { Generation = -1 }, "metadata.generation: Invalid value: -1: must be greater than or equal to 0"),
        Case(Good with { Labels = Map("a b", "x") }, "metadata.labels: Invalid value: \"a b\": name part must consist"),
        Case(Good with { Annotations = Map("a", new string('x', 262145)) }, "metadata.annotations: Too long: may not be more than 262144 bytes"),
        Case(Good with { Finalizers = ["x y"] }, "metadata.finalizers: Invalid value: \"x y\": name part must consist"),
        Case(Good with { Finalizers = ["orphan", "foregroundDeletion"] },
            "metadata.finalizers: Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and foregroundDeletion cannot be both set"),
        Case(Good with { OwnerReferences = [Owner with { ApiVersion = "" }] },
            "metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be empty"),
        Case(Good with { OwnerReferences = [Owner with { Uid = "" }] }, "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty"),
        Case(Good with { OwnerReferences = [Owner with { Controller = true }, Owner with { Name = "b", Controller = true }] },
            "metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"a\",\"uid\":\"u\",\"controller\":true},"),
    ];

    private static readonly TestCaseData[] Updates =
    [
        Case(Good with { Name = "x" }, "metadata.name: Invalid value: \"x\": field is immutable"),
        Case(Good with { Namespace = "x" }, "metadata.namespace: Invalid value: \"x\": field is immutable"),
        Case(Good with { Uid = "zzz" }, "metadata.uid: Invalid value: \"zzz\": field is immutable"),
        Case(Good with { DeletionGracePeriodSeconds = 5 }, "metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable"),
        Case(Good with { CreationTimestamp = DateTimeOffset.UnixEpoch }, "metadata.creationTimestamp: Invalid value: \"1970-01-01T00:00:00Z\": field is immutable"),
        Case(Good with { ResourceVersion = null }, "metadata.resourceVersion: Invalid value: \"\": must be specified for an update"),
        Case(Good with { Generation = 1 }, "metadata.generation: Invalid value: 1: must not be decremented"),
        Case(Good with { Labels = Map("a", "c d") }, "metadata.labels: Invalid value: \"c d\": a valid label must be an empty string"),
    ];

    [TestCaseSource(nameof(Creates))]
    public void ValidateCreate_BadMetadata_SaysWhy(ObjectMeta meta, string begins)
    {
        var errors = ObjectMetaValidator.ValidateCreate(meta, ResourceScope.Namespaced);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].ToString(), Does.StartWith(begins));
    }

    [TestCaseSource(nameof(Updates))]
    public void ValidateUpdate_BadMetadata_SaysWhy(ObjectMeta meta, string begins)
    {
        var errors = ObjectMetaValidator.ValidateUpdate(meta, Good, ResourceScope.Namespaced);
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0].ToString(), Does.StartWith(begins));
    }

    [Test]
    public void Validate_GoodMetadata_HasNoErrors()
    {
        ObjectMeta full = Good with { Labels = Map("a/b", "c"), Annotations = Map("A/b", "c d"), Finalizers = ["a/b"], OwnerReferences = [Owner] };
        Assert.That(ObjectMetaValidator.ValidateCreate(full, ResourceScope.Namespaced), Is.Empty);
        Assert.That(ObjectMetaValidator.ValidateUpdate(full, Good, ResourceScope.Namespaced), Is.Empty);
        Assert.That(ObjectMetaValidator.ValidateCreate(Good with { Name = "A:b", Namespace = "" }, ResourceScope.Cluster, NameRules.PathSegment), Is.Empty);
    }

    [Test]
    public void ValidateUpdate_NewFinalizerWhileDeleting_IsForbidden()
    {
        ObjectMeta old = Good with { DeletionTimestamp = DateTimeOffset.UnixEpoch, Finalizers = ["a/a"] };
        var errors = ObjectMetaValidator.ValidateUpdate(old with { Finalizers = ["a/a", "a/c", "a/b"] }, old, ResourceScope.Namespaced);
        Assert.That(
            errors.ToString(),
            Is.EqualTo("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, "
                + "found new finalizers []string{\"a/b\", \"a/c\"}"));
    }

    [Test]
    public void ValidateCreate_NamespaceOfClusterScoped_IsForbidden() =>
        Assert.That(
            ObjectMetaValidator.ValidateCreate(Good, ResourceScope.Cluster).ToString(),
            Is.EqualTo("metadata.namespace: Forbidden: not allowed on this type"));

    private static TestCaseData Case(ObjectMeta meta, string begins) => new TestCaseData(meta, begins).SetArgDisplayNames(begins[..Math.Min(60, begins.Length)]);

    private static StringMap Map(string key, string value) => StringMap.From([new(key, value)]);
}
