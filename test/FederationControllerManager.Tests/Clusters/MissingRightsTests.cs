using KubeFed.FederationControllerManager.Clusters;
using KubeFed.TestSupport.Time;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MissingRightsTests
{
    private static readonly MissingRight Create = new("create", "secrets", "shop");
    private static readonly MissingRight List = new("list", "deployments.apps", "");

    private readonly FakeTimeProvider _clock = new();
    private readonly MissingRights _missing;

    public MissingRightsTests() => _missing = new MissingRights(_clock);

    [Test]
    public void Describe_Missing_NamesThemAndTheUser()
    {
        _missing.Note(List, "u", "");
        _missing.Note(Create, "u", "a");

        Assert.That(
            _missing.Describe(),
            Is.EqualTo("the control plane may not create secrets in namespace \"shop\"; list deployments.apps: grant that in the cluster to the user \"u\""));
    }

    [Test]
    public void Grant_Used_IsMissingNoMore()
    {
        _missing.Note(List, "u", "");
        _missing.Grant(List);

        Assert.That(_missing.IsEmpty, Is.True);
        Assert.That(_missing.Describe(), Is.Empty);
    }

    [Test]
    public void Grant_ForAnotherObject_MayHaveDoneWithout()
    {
        _missing.Note(Create, "u", "a");
        _missing.Grant(Create, "b");
        Assert.That(_missing.IsEmpty, Is.False);

        _missing.Grant(Create, "a");
        Assert.That(_missing.IsEmpty, Is.True);
    }

    [Test]
    public void Describe_NobodyWantsItAnyMore_IsForgotten()
    {
        _missing.Note(Create, "u", "a");
        _clock.Advance(MissingRights.ForgetAfter / 2);
        _missing.Note(List, "u", "");
        _clock.Advance(MissingRights.ForgetAfter / 2 + TimeSpan.FromSeconds(1));

        Assert.That(_missing.Describe(), Does.Contain("may not list deployments.apps:"));
    }

    [Test]
    public void Note_Many_IsBoundedAndShowsTheFirst()
    {
        for (var i = 0; i < MissingRights.Capacity * 2; i++)
        {
            _missing.Note(Create with { Namespace = $"n{i}" }, "u", "a");
        }

        Assert.That(_missing.Describe(), Does.Contain($"; and {MissingRights.Capacity - 10} more: grant"));
    }
}
