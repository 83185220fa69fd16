using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Tensors;

[TestClass]
[DoNotParallelize]
public sealed class LifetimeTests
{
    [TestMethod]
    public void A_scope_disposes_of_what_was_made_in_it_and_not_moved_out()
    {
        Tensor inner, moved, detached, outside = ones(1);
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                inner = ones(1);
                moved = ones(1).MoveToOuterDisposeScope();
                detached = ones(1).DetachFromDisposeScope();
            }

            Assert.IsTrue(inner.IsInvalid);
            Assert.IsFalse(moved.IsInvalid);
            Assert.AreEqual(1, outer.DisposablesCount);
            Assert.IsTrue(outer.Contains(moved));
        }

        Assert.IsTrue(moved.IsInvalid);
        Assert.IsFalse(detached.IsInvalid);
        Assert.IsFalse(outside.IsInvalid);
        Assert.IsNull(CurrentDisposeScope);
        detached.Dispose();
        outside.Dispose();
        outside.Dispose();
        Assert.Throws<InvalidOperationException>(() => outside + 1);
    }

    [TestMethod]
    public void Scopes_attach_detach_keep_and_close_in_any_order()
    {
        var first = NewDisposeScope();
        var a = ones(1);
        var second = NewDisposeScope();
        var (b, c) = (ones(1), ones(1));
        second.Attach(a);
        Assert.AreEqual(0, first.DisposablesCount);
        Assert.AreSame(b, second.DisposeEverythingBut(b));
        Assert.IsTrue(a.IsInvalid && c.IsInvalid && !b.IsInvalid);
        first.Dispose();
        Assert.AreSame(second, CurrentDisposeScope);
        b.MoveToOuterDisposeScope();
        second.Dispose();
        Assert.IsNull(CurrentDisposeScope);
        Assert.IsFalse(b.IsInvalid);
        b.Dispose();
        using var result = WrappedTensorDisposeScope(() => ones(2) + ones(2));
        Check.Values(result, 2, 2);
    }

    [TestMethod]
    public void A_scope_belongs_to_its_thread()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();

        Assert.AreEqual(0, scope.DisposablesCount);
        other!.Dispose();
    }

    [TestMethod]
    public void Memory_stays_flat_over_a_million_operations()
    {
        void Run(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                using var scope = NewDisposeScope();
                var a = full([64], i);
                var b = a + 1;
                var c = cat([a, b]).view(2, 64);
                var (values, _) = c.max(1);
                var parts = c.unbind();
                (values[0] + parts[1]).sum();
            }
        }

        Run(10_000);
        Collect();
        var (tensors, before) = (Tensor.TotalCount, AllocatedKilobytes());
        Run(100_000);
        Collect();

        Assert.AreEqual(tensors, Tensor.TotalCount);
        // One handle lost at each operation would be 32 MB; the JIT compiler has a few for a while.
        Assert.IsLessThan(before + 8_000, AllocatedKilobytes());
    }

    [TestMethod]
    public void A_training_loop_leaves_no_tensor_behind()
    {
        using var model = nn.Sequential(nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 2));
        using var optimizer = optim.AdamW(model.parameters(), 1e-3);
        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.call(ones(4, 8)), zeros([4], int64)).backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1);
            optimizer.step();
        }

        Step();
        Collect();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 100; i++)
            Step();
        Collect();
        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    public void Big_tensors_that_nobody_disposes_of_are_collected()
    {
        Collect();
        var before = ResidentKilobytes();
        for (var i = 0; i < 300; i++)
            _ = zeros(4_000_000);

        // 300 tensors of 16 MB; the collector learns of each and keeps only some alive.
        Assert.IsLessThan(before + 2_000_000, ResidentKilobytes());
        Collect();
    }

    [TestMethod]
    public void The_finaliser_does_not_free_a_tensor_during_a_call()
    {
        for (var i = 0; i < 200; i++)
        {
            using var sum = ones(100_000).add(ones(100_000)).mul(ones(100_000)).sum();
            Assert.AreEqual(200_000f, sum.item<float>());
            if (i % 20 == 0)
                GC.Collect();
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static long ResidentKilobytes() => Environment.WorkingSet / 1024;

    /// <summary>What malloc has given out and not got back, in all of its arenas; the managed heap is not in it.</summary>
    private static long AllocatedKilobytes() => (long)(mallinfo2().InUse / 1024);

    [DllImport("libc")]
    private static extern MallocInfo mallinfo2();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        private readonly nuint _arena;
        private readonly nuint _freeBlocks;
        private readonly nuint _fastBlocks;
        private readonly nuint _mappedBlocks;
        private readonly nuint _mappedBytes;
        private readonly nuint _highest;
        private readonly nuint _fastBytes;

        public readonly nuint InUse;

        private readonly nuint _free;
        private readonly nuint _top;
    }
}
