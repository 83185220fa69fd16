using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Optimizers;

[TestClass]
public sealed class AdamWTests
{
    [TestMethod]
    public void Steps_follow_the_recurrence_for_each_group()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (torch.nn.Parameter(tensor(new[] { 1.0 })), torch.nn.Parameter(tensor(new[] { -2.0 })));
        AdamW.ParamGroup[] groups = [new([a], new AdamW.Options { weight_decay = 0.1 }), new([b], lr: 0.02)];
        using var optimizer = torch.optim.AdamW(groups, lr: 0.01);
        var expected = new[] { new Recurrence(1, 0.01, 0.1), new Recurrence(-2, 0.02, 0) };

        for (var i = 0; i < 20; i++)
        {
            optimizer.zero_grad();
            (a.pow(3) + b.pow(2) * (i + 1)).sum().backward();
            optimizer.step();
            expected[0].Step(3 * expected[0].Value * expected[0].Value);
            expected[1].Step(2 * (i + 1) * expected[1].Value);
            Assert.AreEqual(expected[0].Value, a.item<double>(), 1e-12);
            Assert.AreEqual(expected[1].Value, b.item<double>(), 1e-12);
        }
    }

    [TestMethod]
    public void Training_resumes_from_a_saved_state_as_if_it_had_not_stopped()
    {
        using var scope = NewDisposeScope();
        static void Train(Linear model, AdamW optimizer, int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                optimizer.zero_grad();
                model.call(ones(2, 3)).pow(2).sum().backward();
                optimizer.step();
            }
        }

        manual_seed(5);
        var model = torch.nn.Linear(3, 2);
        var other = torch.nn.Linear(3, 2);
        using var optimizer = torch.optim.AdamW(model.parameters(), 0.01, weight_decay: 0.1);
        Train(model, optimizer, 5);
        other.load_state_dict(model.state_dict());
        using var fromStream = torch.optim.AdamW(other.parameters(), 0.5);
        var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        fromStream.load_state_dict(new BinaryReader(stream));
        var third = torch.nn.Linear(3, 2);
        third.load_state_dict(model.state_dict());
        using var fromState = torch.optim.AdamW(third.parameters());
        fromState.load_state_dict(optimizer.state_dict());

        Train(model, optimizer, 5);
        Train(other, fromStream, 5);
        Train(third, fromState, 5);

        Assert.IsTrue(model.weight.equal(other.weight).ToBoolean());
        Assert.IsTrue(model.weight.equal(third.weight).ToBoolean());
        using var smaller = torch.optim.AdamW([model.weight]);
        Assert.Throws<ArgumentException>(() => smaller.load_state_dict(optimizer.state_dict()));
    }

    [TestMethod]
    public void A_schedule_sets_the_rates_of_all_groups()
    {
        using var scope = NewDisposeScope();
        using var optimizer = torch.optim.AdamW(
            [new AdamW.ParamGroup([torch.nn.Parameter(ones(1))], lr: 1), new AdamW.ParamGroup([torch.nn.Parameter(ones(1))], lr: 10)]);
        var schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, step => 1 / (1.0 + step));

        CollectionAssert.AreEqual(new[] { 1.0, 10.0 }, schedule.get_last_lr().ToArray());
        schedule.step();
        CollectionAssert.AreEqual(new[] { 0.5, 5.0 }, optimizer.ParamGroups.Select(g => g.LearningRate).ToArray());
        schedule.step();
        schedule.step();
        CollectionAssert.AreEqual(new[] { 0.25, 2.5 }, schedule.get_last_lr().ToArray());
    }

    [TestMethod]
    public void Clipping_scales_gradients_to_the_norm()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (torch.nn.Parameter(ones(1)), torch.nn.Parameter(ones(1)), torch.nn.Parameter(ones(1)));
        (a * 3 + b * 4).backward();

        Assert.AreEqual(5, torch.nn.utils.clip_grad_norm_([a, b, c], 10), 1e-6);
        Check.Values(a.grad!, 3);
        Assert.AreEqual(5, torch.nn.utils.clip_grad_norm_([a, b, c], 1), 1e-6);
        Check.Values(a.grad!, 0.6f);
        Check.Values(b.grad!, 0.8f);
        torch.nn.utils.clip_grad_value_([a, b, c], 0.7);
        Check.Values(b.grad!, 0.7f);
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Assert.AreEqual("beta1", Assert.Throws<ArgumentOutOfRangeException>(() => torch.optim.AdamW(Array.Empty<Parameter>(), beta1: 1)).ParamName);
        Assert.AreEqual("lr", Assert.Throws<ArgumentOutOfRangeException>(() => torch.optim.AdamW(Array.Empty<Parameter>(), lr: -1)).ParamName);
        using var parameter = torch.nn.Parameter(ones(1));
        Assert.Throws<ArgumentException>(() => torch.optim.AdamW([parameter, parameter]));
    }

    /// <summary>The update as PyTorch's documentation writes it.</summary>
    private sealed class Recurrence(double value, double rate, double decay)
    {
        private double _mean;
        private double _square;
        private int _steps;

        public double Value { get; private set; } = value;

        public void Step(double gradient)
        {
            _steps++;
            Value -= rate * decay * Value;
            _mean = 0.9 * _mean + 0.1 * gradient;
            _square = 0.999 * _square + 0.001 * gradient * gradient;
            Value -= rate * (_mean / (1 - Math.Pow(0.9, _steps))) / (Math.Sqrt(_square / (1 - Math.Pow(0.999, _steps))) + 1e-8);
        }
    }
}
