using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Finalizers;

namespace KubeFed.ControllerRuntime.Tests.Finalizers;

[Parallelizable(ParallelScope.All)]
public class FinalizerExtensionsTests
{
    private static readonly KubeObject Value = KubeObject.Parse(
        """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"7","finalizers":["x/one"]}}"""u8.ToArray());

    [Test]
    public void AddFinalizerPatch_Missing_AppendsWithPreconditions() => Assert.That(
        Encoding.UTF8.GetString(Value.AddFinalizerPatch("x/two")!.Value.Body.Span),
        Is.EqualTo("""{"metadata":{"uid":"u","resourceVersion":"7","finalizers":["x/one","x/two"]}}"""));

    [Test]
    public void RemoveFinalizerPatch_Present_LeavesTheOthers() => Assert.That(
        Encoding.UTF8.GetString(Value.RemoveFinalizerPatch("x/one")!.Value.Body.Span),
        Is.EqualTo("""{"metadata":{"uid":"u","resourceVersion":"7","finalizers":[]}}"""));

    [Test]
    public void Patches_NothingToDo_AreNull()
    {
        Assert.That(Value.AddFinalizerPatch("x/one"), Is.Null);
        Assert.That(Value.RemoveFinalizerPatch("x/two"), Is.Null);
    }

    [Test]
    public void WithAndWithout_AFinalizer_AreInverse()
    {
        var with = Value.Metadata.WithFinalizer("x/two");
        Assert.That(with.HasFinalizer("x/two"), Is.True);
        Assert.That(with.WithoutFinalizer("x/two").Finalizers, Is.EqualTo(Value.Metadata.Finalizers));
    }
}
