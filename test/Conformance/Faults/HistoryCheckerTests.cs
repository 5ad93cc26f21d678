using KubeFed.Conformance.Faults.Histories;

namespace KubeFed.Conformance.Faults;

/// <summary>Holds the checker to histories made by hand: a good one, and one bad one for each promise.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class HistoryCheckerTests
{
    private static readonly Change[] Stored = [new(11, "a", "t1"), new(12, "a", "t2"), new(13, "b", "t3"), new(14, "a", null)];

    [Test]
    public void Check_GoodHistory_FindsNothing()
    {
        History history = Good();

        Assert.That(HistoryChecker.Check(history), Is.Empty);
    }

    [Test]
    public void Check_UnknownWritesAndDeletes_MayHaveHappenedOrNot()
    {
        History history = Make(
            Stored,
            Write(OperationKind.Create, "a", "t1", 11, 10) with { Outcome = Outcome.Unknown, Revision = 0 },
            Write(OperationKind.Update, "a", "t2", 12, 20, 11),
            Write(OperationKind.Create, "b", "t3", 13, 30),
            Write(OperationKind.Create, "c", "t4", 0, 35) with { Outcome = Outcome.Unknown },
            Delete("a", 40) with { Outcome = Outcome.Unknown },
            Delete("b", 45) with { Outcome = Outcome.Unknown });

        Assert.That(HistoryChecker.Check(history), Is.Empty);
    }

    [Test]
    public void Check_AcknowledgedWriteLost_IsFound() =>
        AssertFound(Good(Write(OperationKind.Create, "c", "t9", 15, 90)), "acknowledged, but not stored");

    [Test]
    public void Check_RefusedWriteStored_IsFound() =>
        AssertFound(Good(without: "t2", Write(OperationKind.Update, "a", "t2", 0, 20, 11) with { Outcome = Outcome.Failed, Code = 409 }), "refused, but stored");

    [Test]
    public void Check_WriteStoredAtAnotherRevisionThanTold_IsFound() =>
        AssertFound(Good(without: "t2", Write(OperationKind.Update, "a", "t2", 13, 20, 11)), "another revision than told");

    [Test]
    public void Check_WriteByNobody_IsFound() => AssertFound(Good(without: "t3"), "written by nobody");

    [Test]
    public void Check_UpdateOfAnotherRevisionThanExpected_IsFound() =>
        AssertFound(Good(without: "t2", Write(OperationKind.Update, "a", "t2", 12, 20, 10)), "changed revision 11");

    [Test]
    public void Check_CreateOfWhatExists_IsFound() =>
        AssertFound(Good(without: "t2", Write(OperationKind.Create, "a", "t2", 12, 20)), "the object was there before 12");

    [Test]
    public void Check_PatchOfWhatDoesNotExist_IsFound() =>
        AssertFound(Good(without: "t3", Write(OperationKind.Patch, "b", "t3", 13, 30)), "the object was not there before 13");

    [Test]
    public void Check_TokenStoredTwice_IsFound()
    {
        History history = Good();
        history.Changes = [.. Stored, new Change(15, "b", "t3")];

        AssertFound(history, "written twice");
    }

    [Test]
    public void Check_WriteOrderedBeforeOneThatEndedBeforeItBegan_IsFound() =>
        AssertFound(Good(without: "t1", Write(OperationKind.Create, "a", "t1", 11, 33)), "took revision 11, when 13 had been seen");

    [Test]
    public void Check_RemovalByNobody_IsFound()
    {
        History history = Good();
        history.Changes = [.. Stored, new Change(15, "b", null)];

        AssertFound(history, "asked for by nobody");
    }

    [Test]
    public void Check_AcknowledgedDeleteNotDone_IsFound() => AssertFound(Good(Delete("b", 90)), "acknowledged, but not done");

    [Test]
    public void Check_TwoDeletesAcknowledgedForOneRemoval_IsFound() => AssertFound(Good(Delete("a", 41)), "acknowledged, but not done");

    [Test]
    public void Check_UnknownDeleteCouldHaveDoneItToo_IsTheAcknowledgedOnes() =>
        Assert.That(HistoryChecker.Check(Good(Delete("a", 35) with { Outcome = Outcome.Unknown, Expected = 12 })), Is.Empty);

    [Test]
    public void Check_DeleteOfAnotherRevisionThanExpected_IsFound() =>
        AssertFound(Good(without: "delete", Delete("a", 40) with { Expected = 11 }), "acknowledged, but not done");

    [Test]
    public void Check_GetOlderThanAnAcknowledgedWrite_IsFound() => AssertFound(Good(Get("a", 11, "t1", 25)), "not so at any revision from 12");

    [Test]
    public void Check_GetOlderThanAWatchedEvent_IsFound()
    {
        History history = Make(Stored[..2], Write(OperationKind.Create, "a", "t1", 11, 10), Write(OperationKind.Update, "a", "t2", 12, 20, 11) with { Returned = 99 }, Get("a", 11, "t1", 50));
        Assert.That(HistoryChecker.Check(history), Is.Empty);
        history.Segments.Enqueue(Segment("w", 11, new WatchEntry(40, "MODIFIED", "a", 12, "t2")));

        AssertFound(history, "not so at any revision from 12");
    }

    [Test]
    public void Check_GetFromCacheOlderThanAnAcknowledgedWrite_IsAllowed() =>
        Assert.That(HistoryChecker.Check(Good(Get("a", 11, "t1", 25) with { Linearizable = false })), Is.Empty);

    [Test]
    public void Check_GetOfWhatWasWrittenLater_IsFound() => AssertFound(Good(Get("b", 13, "t3", 25)), "not so at any revision");

    [Test]
    public void Check_GetOfAMixtureOfStates_IsFound() => AssertFound(Good(Get("a", 12, "t1", 21) with { Returned = 99 }), "not so at any revision");

    [Test]
    public void Check_NotFoundOfWhatExists_IsFound() =>
        AssertFound(Good(Get("a", 0, null, 25) with { Outcome = Outcome.Failed, Code = 404 }), "not so at any revision");

    [Test]
    public void Check_ConflictWithoutReason_IsFound() =>
        AssertFound(Good(Write(OperationKind.Update, "a", "t8", 0, 25, 12) with { Outcome = Outcome.Failed, Code = 409 }), "not so at any revision");

    [Test]
    public void Check_AlreadyExistsOfWhatDoesNot_IsFound() =>
        AssertFound(Good(Write(OperationKind.Create, "b", "t8", 0, 25) with { Outcome = Outcome.Failed, Code = 409 }), "not so at any revision");

    [Test]
    public void Check_ListWithoutAnObject_IsFound() => AssertFound(Good(List(13, 35, ("a", 12, "t2"))), "listed b as");

    [Test]
    public void Check_ListOfAMixtureOfRevisions_IsFound() => AssertFound(Good(List(13, 35, ("a", 11, "t1"), ("b", 13, "t3"))), "listed a as");

    [Test]
    public void Check_ListOlderThanAnAcknowledgedWrite_IsFound() => AssertFound(Good(List(11, 35, ("a", 11, "t1"))), "a list of revision 11");

    [TestCase(0, "did not get")]
    [TestCase(1, "did not get")]
    [TestCase(2, "did not get")]
    public void Check_WatchThatMissesAnEvent_IsFound(int missed, string expected) =>
        AssertFound(Watched([.. Events.Where((_, index) => index != missed)]), expected);

    [Test]
    public void Check_WatchThatSeesAnEventTwice_IsFound() => AssertFound(Watched([.. Events[..2], Events[1], .. Events[2..]]), "had seen 12 and got");

    [Test]
    public void Check_WatchOutOfOrder_IsFound() => AssertFound(Watched([Events[1], Events[0], .. Events[2..]]), "had seen 12 and got");

    [Test]
    public void Check_WatchOfWhatDidNotHappen_IsFound() => AssertFound(Watched([.. Events, new WatchEntry(99, "ADDED", "c", 15, "t9")]), "did not happen");

    [Test]
    public void Check_WatchWithTheWrongType_IsFound() => AssertFound(Watched([Events[0], Events[1] with { Type = "ADDED" }, .. Events[2..]]), "not WatchEntry");

    [Test]
    public void Check_WatchWithTheWrongLastState_IsFound() => AssertFound(Watched([.. Events[..3], Events[3] with { Token = "t1" }]), "not WatchEntry");

    [Test]
    public void Check_BookmarkPastAnEventThatDidNotCome_IsFound() =>
        AssertFound(Watched([Events[0], new WatchEntry(95, "BOOKMARK", "", 14, null)]), "did not get");

    [Test]
    public void Check_EventAfterABookmarkThatPromisedIt_IsFound() =>
        AssertFound(Watched([Events[0], new WatchEntry(95, "BOOKMARK", "", 12, null), Events[1], .. Events[2..]]), "had seen 12 and got");

    [Test]
    public void Check_ListOlderThanWhatTheWatcherHadSeen_IsFound()
    {
        History history = Watched(Events);
        history.Segments.Enqueue(Segment("w", 12, Events[2..]));

        AssertFound(history, "was given a list of 12");
    }

    private static WatchEntry[] Events =>
    [
        new(91, "ADDED", "a", 11, "t1"), new(92, "MODIFIED", "a", 12, "t2"), new(93, "ADDED", "b", 13, "t3"), new(94, "DELETED", "a", 14, "t2"),
    ];

    private static History Good(params Operation[] more) => Good(without: string.Empty, more);

    private static History Good(string without, params Operation[] more)
    {
        Operation[] all =
        [
            Write(OperationKind.Create, "a", "t1", 11, 10),
            Write(OperationKind.Update, "a", "t2", 12, 20, 11),
            Write(OperationKind.Create, "b", "t3", 13, 30),
            Delete("a", 40),
            Get("a", 12, "t2", 32),
            List(13, 34, ("a", 12, "t2"), ("b", 13, "t3")),
        ];
        return Make(Stored, [.. all.Where(operation => operation.Token != without && !(without == "delete" && operation.Kind == OperationKind.Delete)), .. more]);
    }

    private static History Watched(params WatchEntry[] entries)
    {
        History history = Good();
        history.Segments.Enqueue(Segment("w", 10, entries));
        return history;
    }

    private static WatchSegment Segment(string watcher, long start, params WatchEntry[] entries)
    {
        var segment = new WatchSegment(watcher, start);
        segment.Entries.AddRange(entries);
        return segment;
    }

    private static History Make(Change[] changes, params Operation[] operations)
    {
        var history = new History { Start = 10, Changes = changes };
        foreach (Operation operation in operations)
        {
            history.Operations.Enqueue(operation);
        }

        return history;
    }

    private static Operation Write(OperationKind kind, string key, string token, long revision, long at, long? expected = null) =>
        new() { Kind = kind, Key = key, Token = token, Revision = revision, Invoked = at, Returned = at + 1, Outcome = Outcome.Ok, Expected = expected };

    private static Operation Delete(string key, long at) =>
        new() { Kind = OperationKind.Delete, Key = key, Invoked = at, Returned = at + 1, Outcome = Outcome.Ok };

    private static Operation Get(string key, long revision, string? seen, long at) =>
        new() { Kind = OperationKind.Get, Key = key, Revision = revision, Seen = seen, Invoked = at, Returned = at + 1, Outcome = Outcome.Ok };

    private static Operation List(long revision, long at, params (string Key, long Revision, string Token)[] items) => new()
    {
        Kind = OperationKind.List,
        Revision = revision,
        Invoked = at,
        Returned = at + 1,
        Outcome = Outcome.Ok,
        Listed = items.ToDictionary(item => item.Key, item => (item.Revision, item.Token), StringComparer.Ordinal),
    };

    private static void AssertFound(History history, string expected) => Assert.That(HistoryChecker.Check(history), Has.Some.Contains(expected));
}
