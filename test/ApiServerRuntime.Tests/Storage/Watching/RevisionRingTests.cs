using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Watching;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RevisionRingTests
{
    [FsCheck.NUnit.Property]
    public Property Ring_AppendsAndDrops_HoldsWhatAListWould(bool[] appends, byte floor) => new Func<bool>(() =>
    {
        var ring = new RevisionRing<long>(floor);
        List<long> model = [];
        var next = (long)floor;
        foreach (var append in appends.Concat(Enumerable.Repeat(true, 100)).Concat(appends))
        {
            if (append || model.Count == 0)
            {
                ring.Append(++next);
                model.Add(next);
            }
            else if (ring.DropOldest() != model[0])
            {
                return false;
            }
            else
            {
                model.RemoveAt(0);
            }
        }

        return ring.Count == model.Count && ring.Last == next && ring.Floor == next - model.Count && model.All(revision => ring[revision] == revision);
    }).ToProperty();

    [Test]
    public void Item_OutsideOfTheRing_Throws()
    {
        var ring = new RevisionRing<int>(5);
        ring.Append(6);

        Assert.That(() => ring[5], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ring[7], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
